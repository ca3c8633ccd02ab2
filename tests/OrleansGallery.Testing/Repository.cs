namespace OrleansGallery.Testing;

/// <summary>Where the repository's files are, found from the folder the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>OrleansGallery.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrleansGallery.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No OrleansGallery.sln above '{AppContext.BaseDirectory}'.");
    }
}
