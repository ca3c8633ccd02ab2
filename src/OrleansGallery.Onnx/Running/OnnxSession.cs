using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OrleansGallery.Onnx;

/// <summary>
/// A graph with one input and one output of floats, ready to run on ONNX Runtime. Safe for use by several threads until
/// disposed. Nothing before this class loads the runtime's native library.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly TensorElementType _type;

    private OnnxSession(InferenceSession session, string input, string output)
    {
        (_session, _inputs, _outputs) = (session, [input], [output]);
        _type = session.InputMetadata[input].ElementDataType;
    }

    /// <summary>Whether this build's ONNX Runtime knows CUDA; whether a device is there is another matter.</summary>
    /// <exception cref="OnnxUnavailableException">ONNX Runtime cannot be loaded.</exception>
    public static bool KnowsCuda
    {
        get
        {
            try
            {
                return OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");
            }
            catch (Exception exception) when (IsOfLoading(exception))
            {
                throw NotLoaded(exception);
            }
        }
    }

    /// <summary>Makes a graph ready.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="input">The input's name.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <param name="threads">How many threads one run may use; null: as many as there are cores.</param>
    /// <returns>The session; the caller disposes of it.</returns>
    /// <exception cref="OnnxException">ONNX Runtime refuses the graph.</exception>
    /// <exception cref="OnnxUnavailableException">ONNX Runtime or the device is not there.</exception>
    public static OnnxSession Open(byte[] model, string input, string output, string device, int? threads)
    {
        try
        {
            using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            // Threads that wait in a loop would take the cores from decoding and searching.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            options.IntraOpNumThreads = threads ?? 0;
            OnnxDevice.Use(options, device);
            return new OnnxSession(new InferenceSession(model, options), input, output);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new OnnxException($"ONNX Runtime refuses it: {exception.Message}", exception);
        }
        catch (Exception exception) when (IsOfLoading(exception))
        {
            throw NotLoaded(exception);
        }
    }

    /// <summary>Runs a batch, to the end on the calling thread.</summary>
    /// <param name="batch">Its numbers, row-major.</param>
    /// <param name="shape">Its lengths.</param>
    /// <returns>What the output gave.</returns>
    /// <exception cref="OnnxException">The graph failed, or gave something else than floats.</exception>
    public OnnxResult Run(Memory<float> batch, long[] shape)
    {
        try
        {
            using OrtValue input = _type == TensorElementType.Float16
                ? OrtValue.CreateTensorValueFromMemory(Halved(batch.Span), shape)
                : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, batch, shape);
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(_run, _inputs, [input], _outputs);
            OrtTensorTypeAndShapeInfo about = results[0].GetTensorTypeAndShape();
            return new OnnxResult(Numbers(results[0], about.ElementDataType), about.Shape);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new OnnxException(
                $"ONNX Runtime failed on a batch of [{string.Join(", ", shape)}]: {exception.Message}", exception);
        }
    }

    /// <summary>Frees the graph.</summary>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static bool IsOfLoading(Exception exception) =>
        exception is DllNotFoundException or TypeInitializationException;

    private static OnnxUnavailableException NotLoaded(Exception exception) => new(
        $"ONNX Runtime's native library does not load: {(exception.InnerException ?? exception).Message}", exception);

    private static float[] Numbers(OrtValue value, TensorElementType type) => type switch
    {
        TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
        TensorElementType.Float16 => Widened(value.GetTensorDataAsSpan<Float16>()),
        _ => throw new OnnxException($"it gave {type} instead of floats."),
    };

    private static Float16[] Halved(ReadOnlySpan<float> numbers)
    {
        Float16[] halved = new Float16[numbers.Length];
        for (int i = 0; i < halved.Length; i++)
        {
            halved[i] = new Float16(BitConverter.HalfToUInt16Bits((Half)numbers[i]));
        }

        return halved;
    }

    private static float[] Widened(ReadOnlySpan<Float16> numbers)
    {
        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<Float16, Half>(numbers);
        float[] widened = new float[halves.Length];
        for (int i = 0; i < widened.Length; i++)
        {
            widened[i] = (float)halves[i];
        }

        return widened;
    }
}
