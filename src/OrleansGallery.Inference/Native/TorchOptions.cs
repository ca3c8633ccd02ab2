using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Inference;

/// <summary>Which libtorch is loaded, where the program brings none (<c>-p:TorchBackend=system</c>) or another is
/// wanted.</summary>
public sealed class TorchOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Torch";

    /// <summary>The variable that stands for <see cref="Folder"/>.</summary>
    public const string FolderVariable = "GALLERY_Torch__Folder";

    /// <summary>The variable that stands for <see cref="AnyVersion"/>.</summary>
    public const string AnyVersionVariable = "GALLERY_Torch__AnyVersion";

    /// <summary>
    /// A folder with libtorch: its <c>lib</c>, the unpacked libtorch, the package <c>torch</c> of a Python
    /// installation, or the <c>site-packages</c> that holds it. Default: empty, what the program brings, and where it
    /// brings none, the torch of the Python installation that <c>python3</c> names.
    /// </summary>
    [Required(AllowEmptyStrings = true)]
    public string Folder { get; set; } = string.Empty;

    /// <summary>
    /// Whether versions that nobody has tried are loaded too; one that does not fit ends the process. Default: no.
    /// </summary>
    public bool AnyVersion { get; set; }

    /// <summary>What the process's variables say; the only way to set them for commands without settings.</summary>
    internal static TorchOptions FromEnvironment() => new()
    {
        Folder = Environment.GetEnvironmentVariable(FolderVariable) ?? string.Empty,
        AnyVersion = Environment.GetEnvironmentVariable(AnyVersionVariable) is "true" or "True",
    };
}
