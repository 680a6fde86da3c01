using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Win32;
using Microsoft.Win32.SafeHandles;

/// <summary>
/// A key of the registry with everything below it, each value's type and bytes as they are, for tests that hold what a
/// script left against what was there: .NET itself reads strings and numbers only.
/// Form: null for a key that is not there, else { values: { name: [type, hex] }, keys: { name: … } }, both in order.
/// </summary>
public static class RawRegistry
{
    [DllImport("advapi32", EntryPoint = "RegQueryValueExW", CharSet = CharSet.Unicode)]
    private static extern int Query(SafeRegistryHandle key, string name, IntPtr reserved, out uint type, byte[]? data, ref uint size);

    [DllImport("advapi32", EntryPoint = "RegSetValueExW", CharSet = CharSet.Unicode)]
    private static extern int Set(SafeRegistryHandle key, string name, uint reserved, uint type, byte[] data, uint size);

    public static string Read(string path)
    {
        using var key = Registry.LocalMachine.OpenSubKey(Below(path));
        return key is null ? "null" : Tree(key).ToJsonString();
    }

    /// <summary>Makes a key what it shall be; whatever it held before is gone.</summary>
    public static void Write(string path, string form)
    {
        Registry.LocalMachine.DeleteSubKeyTree(Below(path), false);
        if (JsonNode.Parse(form) is not JsonObject wanted) return;
        using var key = Registry.LocalMachine.CreateSubKey(Below(path));
        Fill(key, wanted);
    }

    private static string Below(string path) =>
        path.StartsWith("HKLM\\") ? path[5..] : throw new ArgumentException($"{path} is not below HKLM");

    private static JsonObject Tree(RegistryKey key)
    {
        var values = new JsonObject();
        foreach (var name in key.GetValueNames().Order(StringComparer.Ordinal))
        {
            uint size = 0;
            Check(Query(key.Handle, name, 0, out _, null, ref size));
            var data = new byte[size];
            Check(Query(key.Handle, name, 0, out var type, data, ref size));
            values[name] = new JsonArray(type, Convert.ToHexStringLower(data));
        }
        var keys = new JsonObject();
        foreach (var name in key.GetSubKeyNames().Order(StringComparer.Ordinal))
        {
            using var below = key.OpenSubKey(name)!;
            keys[name] = Tree(below);
        }
        return new JsonObject { ["values"] = values, ["keys"] = keys };
    }

    private static void Fill(RegistryKey key, JsonObject wanted)
    {
        foreach (var (name, value) in wanted["values"]!.AsObject())
        {
            var data = Convert.FromHexString((string)value![1]!);
            Check(Set(key.Handle, name, 0, (uint)value[0]!, data, (uint)data.Length));
        }
        foreach (var (name, below) in wanted["keys"]!.AsObject())
        {
            using var made = key.CreateSubKey(name);
            Fill(made, below!.AsObject());
        }
    }

    private static void Check(int error)
    {
        if (error != 0) throw new System.ComponentModel.Win32Exception(error);
    }
}
