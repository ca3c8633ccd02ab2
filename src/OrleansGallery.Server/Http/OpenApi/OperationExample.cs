namespace OrleansGallery.Server;

/// <summary>An answer of an operation as the OpenAPI document shows it.</summary>
internal sealed record OperationExample(int Status, object Value);
