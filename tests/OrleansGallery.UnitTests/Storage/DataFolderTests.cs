using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_AFolderInUse_NamesItsOwner()
    {
        using DataFolder first = DataFolder.Open(_folder.File("data"));

        DataFolderInUseException error =
            Assert.Throws<DataFolderInUseException>(() => DataFolder.Open(_folder.File("data")));

        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterItsOwnerLeft_Succeeds()
    {
        DataFolder.Open(_folder.File("data")).Dispose();

        using DataFolder second = DataFolder.Open(_folder.File("data"));

        Assert.True(Directory.Exists(second.Root));
    }

    public void Dispose() => _folder.Dispose();
}
