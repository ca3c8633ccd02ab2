namespace OrleansGallery.Onnx;

/// <summary>ONNX Runtime, or the device it is to use, is not to be had on this machine; no file is at fault.</summary>
/// <param name="message">The fact, the values, and what to change.</param>
/// <param name="inner">What the runtime or the loader said.</param>
public sealed class OnnxUnavailableException(string message, Exception inner) : Exception(message, inner);
