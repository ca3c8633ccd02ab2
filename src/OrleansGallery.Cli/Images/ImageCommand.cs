using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery image</c>: what is kept of an image to be looked at.</summary>
internal sealed class ImageCommand : Command
{
    public ImageCommand()
        : base("image", "What is kept of an image to be looked at.") => Add(new ImageGetCommand());
}
