using OrleansGallery.Inference;
using OrleansGallery.Inference.Native;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Native;

public sealed class TorchSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("site")]
    [InlineData("site/torch")]
    [InlineData("site/torch/lib")]
    public void Find_FolderOfAPythonInstallation_IsRead(string named)
    {
        NewPackage("2.11.0+cu130", "13.0");
        Directory.CreateDirectory(_folder.File("site/nvidia/cublas/lib"));
        Directory.CreateDirectory(_folder.File("site/nvidia/nolib"));
        TorchInstallation found = TorchSearch.Find(new TorchOptions { Folder = _folder.File(named) }, string.Empty);
        Assert.Equal(("2.11.0+cu130", "13.0"), (found.Version, found.Cuda));
        Assert.Equal(_folder.File("site/torch/lib"), found.Libraries);
        Assert.Equal(_folder.File("site/nvidia/cublas/lib"), Assert.Single(found.CudaLibraries));
    }

    [Fact]
    public void Find_UnpackedLibtorch_IsReadByItsBuildVersion()
    {
        Write("libtorch/lib/libtorch_cpu.so");
        Write("libtorch/build-version", "2.10.0+cpu\n");
        TorchInstallation found =
            TorchSearch.Find(new TorchOptions { Folder = _folder.File("libtorch") }, string.Empty);
        Assert.Equal(("2.10.0+cpu", null), (found.Version, found.Cuda));
    }

    [Fact]
    public void Find_NothingInTheFolder_NamesTheSetting()
    {
        string message = Refusal(new TorchOptions { Folder = _folder.File("none") }, string.Empty);
        Assert.Contains("Torch:Folder is ", message, StringComparison.Ordinal);
        Assert.Contains("libtorch_cpu.so", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.12.0")]
    [InlineData("2.1.0")]
    [InlineData(null)]
    public void Find_UnknownVersion_IsRefusedUnlessForced(string? version)
    {
        NewPackage(version, null);
        TorchOptions options = new() { Folder = _folder.File("site") };
        string message = Refusal(options, string.Empty);
        Assert.Contains(version ?? "unknown version", message, StringComparison.Ordinal);
        Assert.Contains("2.10 and 2.11", message, StringComparison.Ordinal);
        Assert.Contains("GALLERY_Torch__AnyVersion", message, StringComparison.Ordinal);
        options.AnyVersion = true;
        Assert.Equal(version, TorchSearch.Find(options, string.Empty).Version);
    }

    [Fact]
    public void Find_Python3OnThePath_IsAsked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Runs a shell script.");
        NewPackage("2.11.0", null);
        NewPython($"echo '{_folder.File("site/torch")}'");
        TorchInstallation found = TorchSearch.Find(
            new TorchOptions(), $"{_folder.File("empty")}{Path.PathSeparator}{_folder.File("bin")}");
        Assert.Equal(_folder.File("site/torch/lib"), found.Libraries);
    }

    [Theory]
    [InlineData("echo ''", "has no torch")]
    [InlineData("echo 'no such option' >&2; exit 2", "no such option")]
    [InlineData("echo /nowhere/torch", "names '/nowhere/torch' as its torch")]
    public void Find_Python3WithoutTorch_SaysWhatIsMissing(string script, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Runs a shell script.");
        NewPython(script);
        string message = Refusal(new TorchOptions(), _folder.File("bin"));
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("GALLERY_Torch__Folder", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoPython_SaysSo() => Assert.Contains(
        "there is no python3 on PATH", Refusal(new TorchOptions(), _folder.File("bin")), StringComparison.Ordinal);

    [Fact]
    public void Run_LibrariesThatFindTheirOwn_AreLoadedInOrderAndNoOthers()
    {
        TorchInstallation installation = NewCudaInstallation();
        List<string> loaded = [];
        TorchPreload.Run(installation, path =>
        {
            loaded.Add(Path.GetFileName(path));
            return null;
        });
        Assert.Equal(["libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"], loaded);
    }

    [Fact]
    public void Run_CudaLibrariesThatAreNotFound_AreLoadedInWhateverOrder()
    {
        TorchInstallation installation = NewCudaInstallation();
        HashSet<string> loaded = [];
        TorchPreload.Run(installation, path =>
        {
            // a needs b, and Torch needs a.
            string name = Path.GetFileName(path);
            bool missing = name == "liba.so.1" ? !loaded.Contains("libb.so.1")
                : name == "libtorch_cuda.so" && !loaded.Contains("liba.so.1");
            if (!missing)
            {
                loaded.Add(name);
            }

            return missing ? "cannot open shared object file" : null;
        });
        Assert.Contains("libtorch.so", loaded);
    }

    [Fact]
    public void Run_LibraryThatDoesNotLoad_IsNamedWithTheReason()
    {
        TorchInstallation installation = NewCudaInstallation();
        TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(
            () => TorchPreload.Run(installation, path =>
                path.EndsWith("libtorch_cpu.so", StringComparison.Ordinal) ? "libgomp.so.1: not found." : null));
        Assert.Contains(
            "libtorch_cpu.so' does not load: libgomp.so.1: not found.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, "libcuda.so.1) is not installed")]
    [InlineData("2.11.0", null, "13.0", "built without CUDA")]
    [InlineData("2.11.0+cu130", "13.0", "12.4", "driver is too old: it serves CUDA 12.4")]
    [InlineData("2.11.0+cu130", "13.0", "13.1", "CUDA_VISIBLE_DEVICES")]
    [InlineData(null, null, "13.0", "-p:TorchBackend=system")]
    public void WhyNone_EachMissingPiece_IsNamed(string? torch, string? cuda, string? driver, string expected)
    {
        TorchInstallation? installed = torch is null
            ? null
            : new TorchInstallation { Libraries = "/t/lib", Version = torch, Cuda = cuda };
        Assert.Contains(
            expected,
            CudaDriver.WhyNone(installed, driver is null ? null : Version.Parse(driver)),
            StringComparison.Ordinal);
    }

    private static string Refusal(TorchOptions options, string path) =>
        Assert.Throws<TorchRuntimeException>(() => TorchSearch.Find(options, path)).Message;

    private TorchInstallation NewCudaInstallation()
    {
        NewPackage("2.11.0+cu130", "13.0");
        foreach (string file in (string[])["torch/lib/libc10.so", "torch/lib/libtorch_cuda.so", "torch/lib/libtorch.so",
            "nvidia/one/lib/liba.so.1", "nvidia/two/lib/libb.so.1"])
        {
            Write($"site/{file}");
        }

        return TorchSearch.In(_folder.File("site"))!;
    }

    private void NewPackage(string? version, string? cuda)
    {
        Write("site/torch/lib/libtorch_cpu.so");
        if (version is not null)
        {
            Write(
                "site/torch/version.py",
                $"from typing import Optional\n__version__ = '{version}'\ndebug = False\n"
                + $"cuda: Optional[str] = {(cuda is null ? "None" : $"'{cuda}'")}\nhip: Optional[str] = None\n");
        }
    }

    private void NewPython(string script)
    {
        Write("bin/python3", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _folder.File("bin/python3"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void Write(string path, string content = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        File.WriteAllText(_folder.File(path), content);
    }
}
