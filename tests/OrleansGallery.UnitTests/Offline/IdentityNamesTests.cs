using OrleansGallery.Offline;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Whose images paths are, whoever wrote them.</summary>
public sealed class IdentityNamesTests
{
    [Theory]
    [InlineData(null, "anna bob", "/d/anna/1.jpg", "/d/bob/2.jpg")]
    [InlineData(null, "anna anna bob", "/d/anna/cam1/1.jpg", "/d/anna/cam2/2.jpg", "/d/bob/cam1/1.jpg")]
    [InlineData(null, "anna bob", @"C:\data\anna\1.jpg", @"C:\data\bob\2.jpg")]
    [InlineData(null, "anna bob", @"data/x\anna\1.jpg", @"data/x\bob\c\2.jpg")]
    [InlineData(null, "anna bob", @"\\box\share\anna\1.jpg", @"\\box\share\bob\2.jpg")]
    [InlineData(null, "anna bob", "anna/1.jpg", "bob/1.jpg")]
    [InlineData(null, "anna bob", "./anna/1.jpg", "./bob//1.jpg")]
    [InlineData("/d", "anna anna", "/d/anna/cam1/1.jpg", "/d/anna/cam1/2.jpg")]
    [InlineData("/d/", "anna -", "/d/anna/1.jpg", "/d/stray.jpg")]
    [InlineData("d", "- anna", "x/anna/1.jpg", "d/anna/1.jpg")]
    [InlineData(".", "anna bob", "./anna/1.jpg", "./bob/1.jpg")]
    [InlineData(@"C:\data", "anna bob", @"C:\data\anna\1.jpg", @"C:\data\bob\cam1\2.jpg")]
    [InlineData("C:/data/", "anna bob", @"C:\data\anna\1.jpg", @"C:\data\bob\2.jpg")]
    [InlineData("photos", "anna -", @"photos\anna\1.jpg", @"photos\stray.jpg")]
    [InlineData("photos/", "anna bob", @"photos/anna\1.jpg", @"photos/bob\2.jpg")]
    [InlineData(null, "- -", @"C:\anna\1.jpg", @"D:\bob\1.jpg")]
    [InlineData(null, "- bob", "/anna/1.jpg", "bob/1.jpg")]
    [InlineData(null, "- -", "/1.jpg", "/2.jpg")]
    public void Folder_IsTheFirstBelowTheRoot(string? root, string expected, params string[] paths)
    {
        IdentityNames names = IdentityNames.Of(IdentityRule.Folder, paths, root);

        Assert.Equal(expected.Split(' '), paths.Select(path => names.IdentityOf(path) ?? "-"));
    }

    [Fact]
    public void Folder_AllPathsInOne_TakesItAndSaysSo()
    {
        IdentityNames names = IdentityNames.Of(IdentityRule.Folder, ["/d/anna/1.jpg", "/d/anna/2.jpg"]);

        Assert.Equal("anna", names.IdentityOf("/d/anna/1.jpg"));
        Assert.Contains("'anna'", names.Explanation, StringComparison.Ordinal);
        Assert.Contains("all paths are in", names.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_RootFromHere_LeavesBackslashesInNames()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There a backslash parts folders.");

        string path = @"d/an\na/1.jpg";
        Assert.Equal(@"an\na", IdentityNames.Of(IdentityRule.Folder, [path], "d").IdentityOf(path));
    }

    [Theory]
    [InlineData("/p/my_item_2_01.jpg", "/p/my_item_2")]
    [InlineData(@"C:\a.b\item_1", @"C:\a.b\item")]
    [InlineData("item.jpg", null)]
    public void Prefix_IsThePathBeforeTheLastUnderscore(string path, string? expected) =>
        Assert.Equal(expected, IdentityNames.Of(IdentityRule.Prefix, [path]).IdentityOf(path));

    [Fact]
    public void Group_PathWithoutIdentity_IsRefusedByName() =>
        Assert.Contains(
            "stray.jpg",
            Assert.Throws<InvalidDataException>(() =>
                IdentityNames.Of(IdentityRule.Folder, ["d/a/1.jpg", "d/stray.jpg"]).Group(["d/a/1.jpg", "d/stray.jpg"]))
                .Message,
            StringComparison.Ordinal);
}
