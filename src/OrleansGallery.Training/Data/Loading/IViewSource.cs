using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>
/// Identities and their images, or views that are made anew each time, as pixels of the input's size.
/// </summary>
internal interface IViewSource
{
    /// <summary>The identities; their places are the numbers that rows and the classifier use.</summary>
    IReadOnlyList<IdentitySize> Identities { get; }

    /// <summary>How many images there are in all, from which the share of unreadable ones is counted.</summary>
    int ImageCount { get; }

    /// <summary>What takes no part: identities with a single image, photographs that cannot be read.</summary>
    IReadOnlyList<string> LeftOut { get; }

    /// <summary>What to call a row's image in messages.</summary>
    /// <param name="row">The row; not a mock.</param>
    string NameOf(SampledRow row);

    /// <summary>Loads a row's image. Called by several threads at once.</summary>
    /// <param name="row">The row; not a mock.</param>
    /// <param name="random">Where chance comes from; sources of fixed images have no use for it.</param>
    /// <param name="destination">rows x columns x 3 bytes.</param>
    void Load(SampledRow row, IRandomNumbers random, Span<byte> destination);
}
