using System.Diagnostics;
using System.Net.Sockets;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>What is taken of a folder of images, and whose it is.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scan_FoldersWithinAnIdentity_AreTheIdentitys()
    {
        Touch("anna/cam1/1.jpg", "anna/cam2/2.jpg", "bob/cam1/1.jpg", "bob/0.jpg", "stray.jpg");

        Assert.Equal(
            [
                ("stray.jpg", null), ("anna/cam1/1.jpg", "anna"), ("anna/cam2/2.jpg", "anna"), ("bob/0.jpg", "bob"),
                ("bob/cam1/1.jpg", "bob"),
            ],
            Scan().Images.Select(image => (image.Path, image.Identity)));
    }

    [Fact]
    public void Scan_Content_DecidesNotTheName()
    {
        Touch("anna/a.jfif", "anna/b.jpe", "anna/noending", "anna/film.txt", "anna/README.txt");
        ImageStub.Write(_folder.File("anna/film"));
        Write("anna/c.heic", "\0\0\0\x18"u8, "ftypheic"u8);
        Write("anna/d.avif", "\0\0\0\x1C"u8, "ftypavif"u8);
        Write("anna/e.jxl", [0xFF, 0x0A], "...."u8);
        Write("anna/f.jpg", [], []);
        Write("anna/x.ppm", "P6 1 1 255\n"u8, "abc"u8);
        Write("carol/e.jxl", [0xFF, 0x0A], "...."u8);
        Directory.CreateDirectory(_folder.File("dave"));

        ImageFolder found = Scan();

        Assert.Equal(
            ["a.jfif", "b.jpe", "film", "noending", "x.ppm"],
            found.Images.Select(image => Path.GetFileName(image.Path)));
        Assert.Equal(
            [
                ("anna/README.txt", "it is no image"), ("anna/c.heic", "it is a HEIF image"),
                ("anna/d.avif", "it is an AVIF image"), ("anna/e.jxl", "it is a JPEG XL image"),
                ("anna/f.jpg", "it is empty"), ("anna/film.txt", "it is no image"),
                ("carol/e.jxl", "it is a JPEG XL image"),
            ],
            found.LeftOut.Select(file => (file.Path, Short(file.Reason))));
        Assert.Equal(["carol", "dave"], found.EmptyIdentities);
    }

    [Fact]
    public void Scan_LinksToFolders_AreNotFollowedAndCounted()
    {
        Touch("anna/1.jpg", "bob/1.jpg");
        Link("anna/up", "..");
        Link("anna/loop", ".");
        Link("anna/bobs", "../bob");
        Link("carol", "bob");
        File.CreateSymbolicLink(_folder.File("bob/2.jpg"), _folder.File("anna/1.jpg"));
        File.CreateSymbolicLink(_folder.File("bob/3.jpg"), _folder.File("gone.jpg"));

        ImageFolder found = Scan();

        Assert.Equal(["anna/1.jpg", "bob/1.jpg", "bob/2.jpg"], found.Images.Select(image => image.Path));
        Assert.Equal(4, found.LinksNotFollowed);
        LeftOut broken = Assert.Single(found.LeftOut);
        Assert.Equal("bob/3.jpg", broken.Path);
        Assert.Contains("gone.jpg", broken.Reason, StringComparison.Ordinal);
        Assert.Equal("4 links to folders left out", found.DescribePassedOver());
    }

    [Fact]
    public void Scan_FollowedLinks_GiveEachRealFileOnceAtItsRealPlace()
    {
        using TemporaryFolder elsewhere = new();
        ImageStub.Write(elsewhere.File("deep/9.jpg"));
        Touch("anna/1.jpg", "bob/1.jpg");
        Link("anna/up", "..");
        Link("anna/loop", ".");
        Link("anna/bobs", "../bob");
        Link("anna/out", elsewhere.Root);
        Link("zoe", elsewhere.Root);
        Link("one", "two");
        Link("two", "one");

        ImageFolder found = Scan(new FolderOptions { FollowLinks = true });

        Assert.Equal(
            [("anna/1.jpg", "anna"), ("anna/out/deep/9.jpg", "anna"), ("bob/1.jpg", "bob")],
            found.Images.Select(image => (image.Path, image.Identity)));
        Assert.Equal(0, found.LinksNotFollowed);
    }

    [Fact]
    public void Scan_RootReachedThroughALink_IsTheSame()
    {
        Touch("real/anna/1.jpg", "real/bob/1.jpg");
        Link("real/anna/bobs", _folder.File("real/bob"));
        Link("alias", "real");

        ImageFolder found = ImageFolder.Scan(_folder.File("alias"), new FolderOptions { FollowLinks = true });

        Assert.Equal(["anna/1.jpg", "bob/1.jpg"], found.Images.Select(image => image.Path));
    }

    [Fact]
    public void Scan_WhatIsNoRegularFile_IsReportedAndNotOpened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes and sockets as files are Linux's.");
        Touch("anna/1.jpg");
        Run("mkfifo", _folder.File("anna/b.jpg"));
        File.CreateSymbolicLink(_folder.File("anna/c.jpg"), "/dev/zero");
        File.CreateSymbolicLink(_folder.File("anna/d.jpg"), _folder.File("anna/b.jpg"));
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("anna/s.jpg")));

        ImageFolder found = Scan();

        Assert.Equal(["anna/1.jpg"], found.Images.Select(image => image.Path));
        Assert.Equal(
            ["anna/b.jpg", "anna/c.jpg", "anna/d.jpg", "anna/s.jpg"],
            found.LeftOut.Where(file => file.Reason == "it is no regular file").Select(file => file.Path));
        Assert.Throws<IOException>(() => ImageFile.Read(_folder.File("anna/b.jpg")));
    }

    [Fact]
    public void Scan_NamesThatAreNotUtf8_AreReportedAndTheRestGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names of arbitrary bytes are Linux's.");
        Touch("in/anna/1.jpg", "in/zoe/1.jpg");
        string root = _folder.File("in");
        Run(
            "sh",
            "-c",
            $"cd '{root}' && mkdir \"$(printf 'jos\\351')\" && cp anna/1.jpg \"$(printf 'jos\\351')/1.jpg\""
            + " && cp anna/1.jpg \"anna/$(printf 'n\\351.jpg')\"");
        try
        {
            ImageFolder found = ImageFolder.Scan(root);

            Assert.Equal(["anna/1.jpg", "zoe/1.jpg"], found.Images.Select(image => image.Path));
            Assert.Equal(["jos\uFFFD", "anna/n\uFFFD.jpg"], found.LeftOut.Select(file => file.Path));
            Assert.All(found.LeftOut, file => Assert.Contains("not UTF-8", file.Reason, StringComparison.Ordinal));
        }
        finally
        {
            // .NET cannot name what it would have to delete.
            Run("rm", "-r", root);
        }
    }

    [Fact]
    public void Scan_HiddenAndServiceFolders_AreCountedUnlessAskedFor()
    {
        Touch("anna/1.jpg", "@eaDir/x.jpg", "#recycle/x.jpg", ".thumbnails/x.jpg", "anna/._1.jpg", "anna/Thumbs.db",
            "anna/@eaDir/1.jpg/SYNO.jpg", "bob/__MACOSX/2.jpg", "bob/THUMBS.DB");

        ImageFolder found = Scan();

        Assert.Equal(["anna/1.jpg"], found.Images.Select(image => image.Path));
        Assert.Equal(8, found.Hidden);
        Assert.Equal(["bob"], found.EmptyIdentities);
        Assert.Empty(found.LeftOut);
        Assert.Equal(
            [".thumbnails/x.jpg"],
            Scan(new FolderOptions { Include = [".thumbnails/**"] }).Images.Select(image => image.Path));
    }

    [Theory]
    [InlineData("*.jpg", null, "anna/1.jpg bob/sub/3.jpg")]
    [InlineData("bob/**", null, "bob/2.png bob/sub/3.jpg")]
    [InlineData(null, "*.png", "anna/1.jpg bob/sub/3.jpg")]
    [InlineData("bob/*", "*.jpg", "bob/2.png")]
    [InlineData(null, "*/sub/**", "anna/1.jpg bob/2.png")]
    public void Scan_Globs_ChooseFilesAndCountTheOthers(string? include, string? exclude, string expected)
    {
        Touch("anna/1.jpg", "bob/2.png", "bob/sub/3.jpg");

        ImageFolder found = Scan(new FolderOptions
        {
            Include = include is null ? [] : [include], Exclude = exclude is null ? [] : [exclude],
        });

        Assert.Equal(expected.Split(' '), found.Images.Select(image => image.Path));
        Assert.Equal(3 - found.Images.Count, found.Filtered);
    }

    private static string Short(string reason) =>
        reason.Split([", which", " (it begins"], StringSplitOptions.None)[0];

    private ImageFolder Scan(FolderOptions? options = null) => ImageFolder.Scan(_folder.Root, options);

    private void Touch(params string[] files) =>
        Array.ForEach(files, file => ImageStub.Write(_folder.File(file)));

    private void Write(string name, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), [.. start, .. rest]);
    }

    private void Link(string name, string target) => Directory.CreateSymbolicLink(_folder.File(name), target);

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
