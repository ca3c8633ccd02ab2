namespace OrleansGallery.Inference.Checkpoints;

/// <summary>The name of a class or function. Nothing is ever looked up by it, let alone called.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    // No checkpoint has a reason to name these, so a file that does is hostile. Everything else is inert anyway.
    private static readonly HashSet<string> RefusedModules = new(StringComparer.Ordinal)
    {
        "_frozen_importlib", "_io", "_operator", "_pickle", "_posixsubprocess", "_socket", "_thread", "_winapi",
        "asyncio", "atexit", "bdb", "code", "codeop", "commands", "ctypes", "distutils", "ftplib", "gc", "http",
        "httplib", "imp", "importlib", "inspect", "marshal", "multiprocessing", "nt", "operator", "os", "pdb", "pickle",
        "pip", "pkgutil", "popen2", "posix", "pty", "pydoc", "requests", "runpy", "setuptools", "shelve", "shutil",
        "signal", "site", "smtplib", "socket", "ssl", "subprocess", "sys", "threading", "timeit", "urllib", "urllib2",
        "webbrowser", "zipimport",
    };

    private static readonly HashSet<string> PlainBuiltins = new(StringComparer.Ordinal)
    {
        "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "long", "object", "range",
        "set", "slice", "str", "tuple", "type", "unicode", "xrange", "NoneType", "Ellipsis", "NotImplemented",
    };

    /// <summary>Module and name.</summary>
    public string FullName => $"{Module}.{Name}";

    /// <summary>Whether the module is Python's own built-in one, under either of its names.</summary>
    public bool IsBuiltin => Module is "builtins" or "__builtin__";

    /// <exception cref="PickleException">It names a way to run code.</exception>
    public static PickleGlobal Of(string module, string name)
    {
        PickleGlobal global = new(module, name);
        string root = module.Split('.')[0];
        bool refused = RefusedModules.Contains(root)
            || (global.IsBuiltin && !PlainBuiltins.Contains(name))
            || global.FullName is "torch.load" or "torch.jit.load" or "torch.hub.load" or "torch.package.PackageImporter"
            || module.StartsWith("torch.hub", StringComparison.Ordinal)
            || module.StartsWith("torch.utils.cpp_extension", StringComparison.Ordinal)
            || module.StartsWith("numpy.testing", StringComparison.Ordinal)
            || module.StartsWith("numpy.f2py", StringComparison.Ordinal)
            || (name.StartsWith("__", StringComparison.Ordinal) && module is not ("copyreg" or "copy_reg"));
        return refused
            ? throw new PickleException($"it names '{global.FullName}', which runs code; such a file is not read.")
            : global;
    }
}
