namespace OrleansGallery.Cli;

/// <summary>One drawn image.</summary>
/// <param name="Product">The product's id.</param>
/// <param name="View">Which of its views.</param>
/// <param name="File">The JPEG file.</param>
internal sealed record DemoImage(string Product, int View, byte[] File);
