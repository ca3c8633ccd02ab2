namespace OrleansGallery.Onnx;

/// <summary>The element types of ONNX, by its own numbers.</summary>
public enum OnnxElement
{
    /// <summary>None was named.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 binary32.</summary>
    F32 = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8 = 2,

    /// <summary>Signed 8-bit integer.</summary>
    I8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16 = 4,

    /// <summary>Signed 16-bit integer.</summary>
    I16 = 5,

    /// <summary>Signed 32-bit integer.</summary>
    I32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    I64 = 7,

    /// <summary>Text.</summary>
    Text = 8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>IEEE 754 binary16.</summary>
    F16 = 10,

    /// <summary>IEEE 754 binary64.</summary>
    F64 = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64 = 13,

    /// <summary>bfloat16.</summary>
    BF16 = 16,
}
