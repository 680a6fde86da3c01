/** True in the companion's own window: the same address as the window's, with a hash of its own. */
export const isCompanionWindow = location.hash === "#companion";
