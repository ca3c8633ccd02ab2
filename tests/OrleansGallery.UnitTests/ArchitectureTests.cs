using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests;

/// <summary>The reference graph as it was compiled, and who may see which heavy package.</summary>
public sealed class ArchitectureTests
{
    private const string Prefix = "OrleansGallery.";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Abstractions"] = ["Contracts", "Retrieval"],
        ["Retrieval"] = [],
        ["Imaging"] = [],
        ["Storage"] = ["Retrieval"],
        ["Onnx"] = [],
        ["Inference"] = ["Imaging", "Onnx"],
        ["Drawing"] = ["Imaging"],
        ["Offline"] = ["Imaging", "Retrieval"],
        ["Training"] = ["Drawing", "Imaging", "Inference", "Offline", "Retrieval"],
        ["Grains"] = ["Abstractions", "Contracts", "Retrieval", "Storage"],
        ["Client"] = ["Contracts"],
        ["Web"] = ["Client", "Contracts"],
        ["Server"] =
        [
            "Abstractions", "Contracts", "Grains", "Imaging", "Inference", "Retrieval", "Storage", "Web",
        ],
        ["Cli"] =
        [
            "Client", "Contracts", "Drawing", "Imaging", "Inference", "Offline", "Retrieval", "Server", "Storage",
            "Training",
        ],
    };

    [Fact]
    public void References_OfEveryProject_AreThoseOfTheDesign()
    {
        string[] projects = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "OrleansGallery.*")
            .Select(path => Short(Path.GetFileName(path)))];
        Assert.Equal(Allowed.Keys.Order(), projects.Order());
        foreach (string project in projects)
        {
            string[] compiled = [.. Compiled(project).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];
            Assert.Equal((project, Text(Allowed[project])), (project, Text(compiled.Select(Short))));
        }
    }

    [Fact]
    public void ProjectFiles_NameWhatIsCompiledAndNothingElse()
    {
        foreach (string project in Allowed.Keys)
        {
            Assert.Equal((project, Text(Allowed[project])), (project, Text(Named(project))));
        }
    }

    [Theory]
    [InlineData("TorchSharp", "Inference", "Training")]
    [InlineData("Microsoft.ML.OnnxRuntime", "Onnx")]
    // In Cli it is the metadata that Orleans' generator adds to every program that can reach its types.
    [InlineData("Orleans.", "Abstractions", "Cli", "Grains", "Server")]
    [InlineData("NetVips|SixLabors", "Imaging")]
    [InlineData("SkiaSharp", "Drawing")]
    [InlineData("Microsoft.Data.Sqlite", "Storage")]
    [InlineData("Npgsql", "Storage")]
    [InlineData("MudBlazor", "Web")]
    [InlineData("Scalar.", "Web")]
    [InlineData("OpenTelemetry", "Server")]
    [InlineData("System.CommandLine", "Cli")]
    [InlineData("Spectre.Console", "Cli")]
    public void HeavyPackages_AreCompiledInOnlyWhereTheyBelong(string packages, params string[] projects)
    {
        string[] prefixes = packages.Split('|');
        IEnumerable<string> users = Allowed.Keys.Where(project => Compiled(project).Any(
            name => Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))));

        Assert.Equal(Text(projects), Text(users));
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

    private static string Text(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    // The assembly beside this one's project, of the same configuration; the project file sees to it that it is built.
    private static string[] Compiled(string project)
    {
        string output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        string assembly = project == "Cli" ? "gallery.dll" : $"{Prefix}{project}.dll";
        using FileStream file = File.OpenRead(Path.Combine(
            Repository.Root, "src", Prefix + project, "bin", configuration, Path.GetFileName(output), assembly));
        using PEReader image = new(file);
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(
            reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))];
    }

    private static IEnumerable<string> Named(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", Prefix + project, $"{Prefix}{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Short(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)));

    private static string Short(string name) => name.Replace(Prefix, string.Empty, StringComparison.Ordinal);
}
