using System.Text.Json.Nodes;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>The files of the folder <c>deploy</c>, and this folder's rules for them.</summary>
internal static class DeployFolder
{
    private static readonly string Rules =
        Path.Combine(Repository.Root, "tests", "OrleansGallery.UnitTests", "Deploy");

    /// <summary>The folder.</summary>
    public static string Root { get; } = Path.Combine(Repository.Root, "deploy");

    /// <summary>The folder's own files by their path in it; what somebody made there by its instructions is
    /// none.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(path => !path.Contains("certificates/", StringComparison.Ordinal) && path != ".env");

    /// <summary>The names of the manifests.</summary>
    public static IEnumerable<string> Manifests => Files.Where(
        path => path.StartsWith("k8s/", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal));

    /// <summary>A file's text.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    /// <summary>A file's YAML documents.</summary>
    public static JsonNode[] ReadYaml(string name) => YamlText.Parse(Read(name));

    /// <summary>All objects of the manifests.</summary>
    public static IEnumerable<JsonObject> Objects() =>
        Manifests.SelectMany(ReadYaml).Select(document => document.AsObject());

    /// <summary>A schema of this folder.</summary>
    public static SchemaSubset Schema(string name) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(Rules, $"{name}.schema.json")))!);
}
