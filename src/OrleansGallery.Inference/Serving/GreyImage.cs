using System.Globalization;
using OrleansGallery.Imaging;

namespace OrleansGallery.Inference.Serving;

/// <summary>The first image of every model: one whose embedding is no number is refused before it serves.</summary>
internal static class GreyImage
{
    private const byte Grey = 128;

    /// <summary>Makes it.</summary>
    public static PixelImage Of(ModelDescription model)
    {
        byte[] pixels = new byte[model.InputHeight * model.InputWidth * PixelImage.Channels];
        Array.Fill(pixels, Grey);
        return new PixelImage(model.InputWidth, model.InputHeight, pixels);
    }

    /// <summary>Embeds it.</summary>
    /// <param name="path">The model's file, for the message.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="CheckpointException">What comes out is NaN or infinite.</exception>
    public static void Require(string path, EmbeddingModel model)
    {
        if (Flaw(model) is not { } flaw)
        {
            return;
        }

        string cure = model.Precision is ModelPrecision.Float32
            ? "Its weights are of no use."
            : "Its numbers may be beyond this precision: set Server:Precision to float32.";
        throw new CheckpointException(
            path, $"its embedding of a grey image {flaw} in {PrecisionName.Of(model.Precision)}. {cure}");
    }

    /// <summary>What is wrong with its embedding; null: nothing.</summary>
    public static string? Flaw(EmbeddingModel model)
    {
        float[] embedding = model.Embed([Of(model.Description)])[0];
        int bad = Array.FindIndex(embedding, value => !float.IsFinite(value));
        return bad < 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"is {embedding[bad]} at {bad}");
    }
}
