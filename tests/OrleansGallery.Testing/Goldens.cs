using Xunit;

namespace OrleansGallery.Testing;

/// <summary>
/// Finds golden cases by file name in the folder named by <c>GALLERY_GOLDEN</c> (default: <c>../shared/golden</c>
/// beside the repository), so that cases dropped in later are run without a change here.
/// </summary>
public static class Goldens
{
    private const string Variable = "GALLERY_GOLDEN";

    /// <summary>
    /// The files of one kind, sorted by name; prints how many there are. Skips the test where the folder is missing;
    /// a kind without a case fails in the default folder and is skipped by name in another one.
    /// </summary>
    /// <param name="kind">The kind's name in messages, for example <c>resized images</c>.</param>
    /// <param name="folder">The sub-folder, for example <c>preproc</c>.</param>
    /// <param name="pattern">The file name pattern (<c>*</c> and <c>?</c>) of a case's first file.</param>
    /// <param name="isCase">
    /// Tells cases from other files that match the pattern; every match is a case without it.
    /// </param>
    /// <returns>Full paths, at least one.</returns>
    public static IReadOnlyList<string> Find(
        string kind, string folder, string pattern, Func<string, bool>? isCase = null)
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        string root = string.IsNullOrEmpty(named) ? Path.Combine(SharedFolder, "golden") : named;
        if (!Directory.Exists(root))
        {
            Assert.Skip($"The golden folder '{root}' does not exist; set {Variable} to one.");
        }

        string directory = Path.Combine(root, folder);
        List<string> cases = Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, pattern)
                .Where(path => isCase is null || isCase(Path.GetFileName(path)))
                .Order(StringComparer.Ordinal)]
            : [];
        TestContext.Current.TestOutputHelper?.WriteLine($"Golden {kind}: {cases.Count} cases in {directory}");
        if (cases.Count == 0 && !string.IsNullOrEmpty(named))
        {
            Assert.Skip($"No golden case of kind '{kind}' ({folder}/{pattern}) in '{root}'.");
        }

        Assert.True(cases.Count > 0, $"No golden case of kind '{kind}' ({folder}/{pattern}) in '{root}'.");
        return cases;
    }

    /// <summary>The image that a case was made from: the file beside it with this name and any ending.</summary>
    /// <param name="path">The case.</param>
    /// <param name="stem">The source's name without its ending.</param>
    /// <returns>Its path.</returns>
    public static string SourceOf(string path, string stem) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, stem + ".*").Order(StringComparer.Ordinal).First();

    /// <summary>The folder <c>shared</c> beside the repository; it may be missing.</summary>
    public static string SharedFolder => Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));
}
