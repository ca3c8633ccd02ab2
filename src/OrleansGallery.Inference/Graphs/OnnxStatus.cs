using OrleansGallery.Onnx;

namespace OrleansGallery.Inference;

/// <summary>Whether graphs of the kind ONNX can run here.</summary>
public static class OnnxStatus
{
    /// <summary>Loads ONNX Runtime's native library.</summary>
    /// <returns>Why it does not load; null: it does.</returns>
    public static string? FindFault()
    {
        try
        {
            _ = OnnxSession.KnowsCuda;
            return null;
        }
        catch (OnnxUnavailableException exception)
        {
            return exception.Message;
        }
    }
}
