using System.CommandLine;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary><c>gallery image get</c>: an image's thumbnail or original as a file.</summary>
internal sealed class ImageGetCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string> _identity = new("IDENTITY") { Description = "The identity." };

    private readonly Argument<string> _image = new("IMAGE") { Description = "One of its images, by id." };

    private readonly Argument<string> _file = new("FILE") { Description = "Where to write it; it must not be there." };

    private readonly Option<bool> _original = new("--original")
    {
        Description = "The file as it came, where the gallery keeps originals. Default: the thumbnail.",
    };

    public ImageGetCommand()
        : base("get", "Write an image's thumbnail, or its original, to a file.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_image);
        Add(_file);
        Add(_original);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        string identity = arguments.GetRequiredValue(_identity);
        string image = arguments.GetRequiredValue(_image);
        string path = arguments.GetRequiredValue(_file);
        ImageFile picture = arguments.GetValue(_original)
            ? await client.GetOriginalAsync(gallery, identity, image, cancellationToken)
            : await client.GetThumbnailAsync(gallery, identity, image, cancellationToken);
        await using (FileStream file = new(path, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(picture.Bytes, cancellationToken);
        }

        if (output.IsJson)
        {
            output.WriteJson(new WrittenPicture(path, picture.Bytes.Length, picture.ContentType));
        }
        else
        {
            output.WriteLine($"Wrote '{path}': {Figures.Count(picture.Bytes.Length)} bytes, {picture.ContentType}.");
        }

        return CommandLine.Done;
    }
}
