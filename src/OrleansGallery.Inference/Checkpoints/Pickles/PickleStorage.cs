namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A run of numbers beside the pickle, shared by the tensors that view it.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Its element type; null: bytes, and the tensor says what they are.</param>
/// <param name="Count">Elements, or bytes where there is no type.</param>
/// <param name="Offset">Where this view of the stored run begins, in elements.</param>
internal sealed record PickleStorage(string Key, SafetensorsType? Type, long Count, long Offset)
{
    /// <summary>PyTorch's name of a storage's class, or of a dtype, to the element type.</summary>
    /// <returns>Null where there is none, as for complex and quantised numbers.</returns>
    public static SafetensorsType? TypeOf(string name) => name switch
    {
        "FloatStorage" or "float32" => SafetensorsType.F32,
        "DoubleStorage" or "float64" => SafetensorsType.F64,
        "HalfStorage" or "float16" => SafetensorsType.F16,
        "BFloat16Storage" or "bfloat16" => SafetensorsType.BF16,
        "LongStorage" or "int64" => SafetensorsType.I64,
        "IntStorage" or "int32" => SafetensorsType.I32,
        "ShortStorage" or "int16" => SafetensorsType.I16,
        "CharStorage" or "int8" => SafetensorsType.I8,
        "ByteStorage" or "uint8" => SafetensorsType.U8,
        "BoolStorage" or "bool" => SafetensorsType.BOOL,
        _ => null,
    };
}
