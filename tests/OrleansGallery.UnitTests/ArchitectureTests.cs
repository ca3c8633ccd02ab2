using System.Xml.Linq;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests;

/// <summary>The reference graph, and who may see which heavy package.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Abstractions"] = [],
        ["Retrieval"] = [],
        ["Imaging"] = [],
        ["Storage"] = ["Retrieval"],
        ["Inference"] = ["Imaging"],
        ["Training"] = ["Inference", "Retrieval"],
        ["Grains"] = ["Abstractions", "Retrieval", "Storage"],
        ["Client"] = ["Contracts"],
        ["Server"] = ["Contracts", "Grains", "Inference"],
        ["Cli"] = ["Client", "Server", "Training"],
    };

    [Fact]
    public void References_OfEveryProject_AreThoseOfTheDesign()
    {
        string[] projects = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "OrleansGallery.*")
            .Select(path => Short(Path.GetFileName(path)))];
        Assert.Equal(Allowed.Keys.Order(), projects.Order());
        foreach (string project in projects)
        {
            Assert.Equal(Allowed[project].Order(), References(project, "ProjectReference").Order());
        }
    }

    [Theory]
    [InlineData("TorchSharp", "Inference")]
    [InlineData("Microsoft.Orleans", "Abstractions", "Grains", "Server")]
    [InlineData("NetVips", "Imaging")]
    [InlineData("SixLabors", "Imaging")]
    [InlineData("SkiaSharp", "Training")]
    [InlineData("Microsoft.Data.Sqlite", "Storage")]
    [InlineData("Npgsql", "Storage")]
    [InlineData("System.CommandLine", "Cli")]
    [InlineData("Spectre.Console", "Cli")]
    public void HeavyPackages_AreReferencedOnlyWhereTheyBelong(string package, params string[] projects)
    {
        string[] users = [.. Allowed.Keys
            .Where(project => References(project, "PackageReference")
                .Any(name => name.StartsWith(package, StringComparison.Ordinal)))];

        Assert.Equal(projects.Order(), users.Order());
    }

    [Fact]
    public void TopLevel_HoldsNothingButTheFixedNames()
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(Repository.Root)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))];

        Assert.Empty(names.Except(
            ["src", "tests", "deploy", "OrleansGallery.sln", "README.md", "NuGet.config", "TestResults"]));
    }

    private static IEnumerable<string> References(string project, string kind)
    {
        string folder = $"OrleansGallery.{project}";
        XDocument file = XDocument.Load(Path.Combine(Repository.Root, "src", folder, $"{folder}.csproj"));
        return file.Descendants(kind)
            .Select(reference => Short(Path.GetFileNameWithoutExtension(
                kind == "ProjectReference" ? reference.Attribute("Include")!.Value
                    : reference.Attribute("Include")!.Value + ".x")));
    }

    private static string Short(string name) => name.Replace("OrleansGallery.", string.Empty, StringComparison.Ordinal);
}
