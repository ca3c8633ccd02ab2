using OrleansGallery.Inference;
using OrleansGallery.Inference.Native;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Native;

public sealed class PatchedLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prepare_FileOfTheApplication_IsReplacedAndKeepsTimeAndMode()
    {
        string library = NewLibrary("app");
        DateTime time = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(library, time);
        using FileStream mapped = File.OpenRead(library); // As a running process has it.

        Assert.Equal(library, PatchedLibrary.Prepare(library, _folder.File("app"), UserFolder));
        Assert.Equal(Patched(), File.ReadAllBytes(library));
        Assert.Equal(time, File.GetLastWriteTimeUtc(library));
        Assert.False(Directory.Exists(UserFolder()));
        byte[] seen = new byte[mapped.Length];
        mapped.ReadExactly(seen);
        Assert.Equal(SyntheticLibrary.Create(), seen);

        long inode = new FileInfo(library).CreationTimeUtc.Ticks;
        Assert.Equal(library, PatchedLibrary.Prepare(library, _folder.File("app"), UserFolder));
        Assert.Equal(inode, new FileInfo(library).CreationTimeUtc.Ticks);
    }

    [Fact]
    public async Task Prepare_ManyAtOnce_LeaveOneWholeFile()
    {
        string library = NewLibrary("app");
        using Barrier barrier = new(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                Assert.Equal(library, PatchedLibrary.Prepare(library, _folder.File("app"), UserFolder));
                Assert.Equal(Patched(), File.ReadAllBytes(library));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Equal(library, Assert.Single(Directory.GetFiles(_folder.File("app"))));
    }

    [Fact]
    public void Prepare_FileOfOthers_IsCopiedForTheUserBesideLinksToItsNeighbours()
    {
        string library = NewLibrary("packages");
        File.WriteAllText(_folder.File("packages/libtorch.so"), "neighbour");
        for (int i = 0; i < 2; i++)
        {
            string copy = PatchedLibrary.Prepare(library, _folder.File("app"), UserFolder);
            Assert.StartsWith(_folder.File("user"), copy, StringComparison.Ordinal);
            Assert.Equal(Patched(), File.ReadAllBytes(copy));
            string neighbour = Path.Combine(Path.GetDirectoryName(copy)!, "libtorch.so");
            Assert.Equal(_folder.File("packages/libtorch.so"), File.ResolveLinkTarget(neighbour, true)!.FullName);
            Assert.Equal(SyntheticLibrary.Create(), File.ReadAllBytes(library));
        }
    }

    [Fact]
    public async Task Prepare_CopyByManyAtOnce_GivesOnePath()
    {
        string library = NewLibrary("packages");
        using Barrier barrier = new(4);
        string[] copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return PatchedLibrary.Prepare(library, _folder.File("app"), UserFolder);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Single(copies.Distinct());
        Assert.Equal(Patched(), File.ReadAllBytes(copies[0]));
    }

    [Fact]
    public void Prepare_NoFolderWritable_SaysWhatToDo()
    {
        string library = NewLibrary("packages");
        File.WriteAllText(_folder.File("user"), "a file where the folder should be");
        TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(
            () => PatchedLibrary.Prepare(library, _folder.File("app"), UserFolder));
        Assert.Contains("GLIBCXX_3.4.32", e.Message, StringComparison.Ordinal);
        Assert.Contains(library, e.Message, StringComparison.Ordinal);
        Assert.Equal(SyntheticLibrary.Create(), File.ReadAllBytes(library));
    }

    [Fact]
    public void Prepare_MissingFile_NamesIt()
    {
        string library = _folder.File("none.so");
        TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(
            () => PatchedLibrary.Prepare(library, _folder.Root, UserFolder));
        Assert.Contains(library, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryReplace_UnwritableFolder_IsFalse() =>
        Assert.False(PatchedLibrary.TryReplace(_folder.File("missing/lib.so"), [1, 2, 3]));

    private string UserFolder() => _folder.File("user");

    private static byte[] Patched()
    {
        byte[] library = SyntheticLibrary.Create();
        LibraryPatch.Apply(library);
        return library;
    }

    private string NewLibrary(string folder)
    {
        Directory.CreateDirectory(_folder.File(folder));
        string path = _folder.File(Path.Combine(folder, LibraryFolder.TorchSharpLibrary));
        File.WriteAllBytes(path, SyntheticLibrary.Create());
        return path;
    }
}
