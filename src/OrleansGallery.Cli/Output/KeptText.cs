using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>What is kept of images, in words.</summary>
internal static class KeptText
{
    public static string Of(PictureKeep? keep) => keep switch
    {
        PictureKeep.Thumbnail => "thumbnails",
        PictureKeep.Original => "thumbnails and originals",
        _ => "nothing",
    };
}
