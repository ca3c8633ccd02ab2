namespace OrleansGallery.Onnx;

/// <summary>How a field of a protobuf message is written.</summary>
internal enum WireType
{
    /// <summary>7 bits a byte, least first.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length and so many bytes: text, a message, packed numbers.</summary>
    Bytes = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
