using System.Globalization;
using System.Numerics.Tensors;
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
    /// <exception cref="CheckpointException">What comes out is NaN or infinite, or no embedding of this model's.
    /// </exception>
    /// <exception cref="ModelFailureException">Its graph fails where it runs.</exception>
    public static void Require(string path, EmbeddingModel model)
    {
        string? found;
        try
        {
            found = Flaw(model);
        }
        catch (ModelFailureException exception) when (!exception.IsOfDevice)
        {
            throw new CheckpointException(path, exception.Message, exception);
        }

        if (found is not { } flaw)
        {
            return;
        }

        throw new CheckpointException(
            path,
            $"its embedding of a grey image {flaw} in {PrecisionName.Of(model.Precision)}. "
            + CureOf(model.Precision));
    }

    /// <summary>What may help where a model gives what is no number.</summary>
    public static string CureOf(ModelPrecision precision) => precision is ModelPrecision.Float32
        ? "Its weights are of no use."
        : "Its numbers may be beyond this precision: set Server:Precision to float32.";

    /// <summary>What is wrong with a model's embedding of the image; null: nothing.</summary>
    public static string? Flaw(EmbeddingModel model) => FlawOf(model.EmbedAsTheyCome([Of(model.Description)])[0]);

    /// <summary>What is wrong with an embedding; null: nothing.</summary>
    public static string? FlawOf(float[] embedding)
    {
        // The largest of all is NaN where one is.
        if (float.IsFinite(TensorPrimitives.MaxMagnitude<float>(embedding)))
        {
            return null;
        }

        int bad = Array.FindIndex(embedding, value => !float.IsFinite(value));
        return string.Create(CultureInfo.InvariantCulture, $"is {embedding[bad]} at {bad}");
    }
}
