using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference.Graphs;

/// <summary>The conventions of a family of models, as its makers published them.</summary>
public sealed record GraphPreset
{
    /// <summary>What names none of them.</summary>
    public const string None = "none";

    /// <summary>OpenAI's CLIP, and those trained as it was: the encoder of images.</summary>
    public static GraphPreset Clip { get; } = new()
    {
        Name = "clip",
        Height = 224,
        Width = 224,
        Crop = 1,
        Filter = ResizeFilter.Bicubic,
        Normalization = new([0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]),
        Normalize = true,
        Outputs = ["image_embeds", "image_features"],
    };

    /// <summary>Meta's DINOv2: the token that stands for the image.</summary>
    public static GraphPreset DinoV2 { get; } = new()
    {
        Name = "dinov2",
        Height = 224,
        Width = 224,
        Crop = 256 / 224.0,
        Filter = ResizeFilter.Bicubic,
        Tokens = GraphTokens.First,
        Normalize = true,
        Outputs = ["pooler_output", "last_hidden_state"],
    };

    /// <summary>ArcFace as InsightFace exports it, for faces that were aligned and cut out before.</summary>
    public static GraphPreset ArcFace { get; } = new()
    {
        Name = "arcface",
        Height = 112,
        Width = 112,
        Normalization = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]),
        Normalize = true,
    };

    /// <summary>OSNet and other networks of torchreid, for people that were cut out before.</summary>
    public static GraphPreset OsNet { get; } = new() { Name = "osnet", Height = 256, Width = 128 };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GraphPreset> All { get; } = [Clip, DinoV2, ArcFace, OsNet];

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Height of the input where the graph leaves it open.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the input where the graph leaves it open.</summary>
    public required int Width { get; init; }

    /// <summary>How much larger the shorter side is made than the input's before it is cropped; 0: stretched.</summary>
    public double Crop { get; init; }

    /// <summary>The filter.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Mean and deviation. Default: ImageNet's.</summary>
    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>Which of a transformer's tokens count.</summary>
    public GraphTokens? Tokens { get; init; }

    /// <summary>Whether embeddings are brought to length 1.</summary>
    public bool Normalize { get; init; }

    /// <summary>Outputs that it takes where there are several, the best first.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The fit for an input.</summary>
    internal Fit FitFor(int height, int width) => Crop == 0
        ? default
        : new Fit(FitKind.Crop, (int)Math.Round(Math.Min(height, width) * Crop));
}
