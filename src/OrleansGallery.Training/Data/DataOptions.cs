using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>Where images and identities come from. Paths are relative to the configuration file.</summary>
public sealed record DataOptions
{
    /// <summary>
    /// <c>folders</c> (default), <c>market1501</c>, <c>dukeMtmcReId</c>, <c>coco</c>, <c>manifest</c>, <c>omniglot</c>,
    /// <c>catalogue</c> or <c>photographs</c>.
    /// </summary>
    public DataSourceKind Source { get; init; } = DataSourceKind.Folders;

    /// <summary>The data set's folder, or the manifest's file. Catalogue and photographs have none.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary><c>coco</c>: the train file's path.</summary>
    public string TrainJson { get; init; } = string.Empty;

    /// <summary><c>omniglot</c>: a list of characters to train on. Default: all of the background archive.</summary>
    public string? TrainCharacters { get; init; }

    /// <summary>
    /// <c>omniglot</c>: a list of characters to test on. Default: all of the evaluation archive, upright.
    /// </summary>
    public string? TestCharacters { get; init; }

    /// <summary>
    /// <c>omniglot</c> without a list: whether quarter turns are training identities too. Default: false.
    /// </summary>
    public bool Turned { get; init; }

    /// <summary><c>catalogue</c>: the training catalogue's seed; not the demo's, which is 1. Default: 2.</summary>
    public long Seed { get; init; } = 2;

    /// <summary><c>catalogue</c>: training products. Default: 256.</summary>
    public int Products { get; init; } = 256;

    /// <summary><c>catalogue</c>: products to test on, of another seed. Default: 64.</summary>
    public int TestProducts { get; init; } = 64;

    /// <summary><c>catalogue</c>: images per product. Default: 12.</summary>
    public int Views { get; init; } = 12;

    /// <summary>
    /// <c>catalogue</c>: the rendered images' side in pixels, 64 to 2,048; the demo draws 256. 0: the network's
    /// input, its larger side and 64 at least. Default: 0.
    /// </summary>
    public int ImageSide { get; init; }

    /// <summary>
    /// <c>catalogue</c> with <c>sampler.stepsPerEpoch</c>: share of the products drawn that are members of families,
    /// 0 to 1; families come into a batch together where weights differ. Null, the default: every product is drawn as
    /// often, which is a half where there are a multiple of eight.
    /// </summary>
    public double? FamilyShare { get; init; }

    /// <summary><c>photographs</c>: folders and how they are cut.</summary>
    public PhotographOptions Photographs { get; init; } = new();

    /// <summary>
    /// <c>folders</c> without query and gallery folders: identities (the last ones) that are not trained on but tested.
    /// Default: 0.
    /// </summary>
    public int HeldOutIdentities { get; init; }

    /// <summary>
    /// Where the data set does not say what is enrolled: the first so many images of a test identity are, the others
    /// are queries. Default: 5.
    /// </summary>
    public int GalleryImages { get; init; } = 5;

    /// <summary>
    /// Memory for resized images, in MiB, so that a small data set is decoded once. It changes speed only. Default:
    /// 256.
    /// </summary>
    public int CacheMegabytes { get; init; } = 256;
}
