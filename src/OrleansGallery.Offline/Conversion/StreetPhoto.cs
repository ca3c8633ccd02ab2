namespace OrleansGallery.Offline;

/// <summary>A photo of a product.</summary>
/// <param name="Photo">The photo's number.</param>
/// <param name="Product">The product's number within its category.</param>
/// <param name="Box">Where the product is; null: the photo is a shop's.</param>
internal readonly record struct StreetPhoto(long Photo, long Product, PixelBox? Box);
