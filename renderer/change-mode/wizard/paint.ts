/** The colours of a Windows installer; they do not follow the theme, as the installer does not. */
export const paint = {
  text: "#000000",
  grey: "#5f5f5f",
  face: "#f0f0f0",
  field: "#ffffff",
  fieldEdge: "#7a7a7a",
  dead: "#e6e6e6",
  deadEdge: "#b5b5b5",
  area: "#f7f7f7",
  hatch: "#ececec",
  line: "#d4d4d4",
  button: "#e1e1e1",
  buttonEdge: "#adadad",
  defaultEdge: "#0078d7",
  accent: "#0f6cbd",
  logo: "#107c41",
} as const;
