using System.Security.Cryptography;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>
/// Equal to Pillow to the last bit: the first half of the SHA-256 of what Pillow 9.4 made of pictures by formula.
/// </summary>
public sealed class PillowParityTests
{
    [Theory]
    [InlineData(64, 128, 128, 256, ResizeFilter.Bilinear, "371fa12ecba66c8047cd8d8d99e5660e")]
    [InlineData(64, 128, 128, 256, ResizeFilter.Bicubic, "de2abaa641e046ebea9c6b5b9fa6bb38")]
    [InlineData(64, 128, 320, 320, ResizeFilter.Bilinear, "351925ea64cac10294c8478eb1b21070")]
    [InlineData(64, 128, 320, 320, ResizeFilter.Bicubic, "479d62f507d16ce8096fe59f4ffb9ccc")]
    [InlineData(150, 97, 128, 256, ResizeFilter.Bilinear, "71e8d8d7ba7165df243746bcf6ce84e5")]
    [InlineData(150, 97, 128, 256, ResizeFilter.Bicubic, "12068e17691790ff9a2cad5736635a73")]
    [InlineData(150, 97, 320, 320, ResizeFilter.Bilinear, "6e872b3636beff9a64feb5129fb39333")]
    [InlineData(150, 97, 320, 320, ResizeFilter.Bicubic, "d6bf8364607ba47ab62773e1016db7e0")]
    [InlineData(640, 480, 128, 256, ResizeFilter.Bilinear, "5553f6bf093d87fa21b45080cf968c3f")]
    [InlineData(640, 480, 128, 256, ResizeFilter.Bicubic, "b15e932e2cac9355e7f3d9de41a9f93e")]
    [InlineData(1001, 703, 128, 256, ResizeFilter.Bilinear, "48ed0926ebf1f57605f3c38202929af5")]
    [InlineData(1001, 703, 128, 256, ResizeFilter.Bicubic, "f601b7f110dec0a7bae8a8cdf2a81b14")]
    [InlineData(1920, 1080, 224, 224, ResizeFilter.Bilinear, "cc2a9563dbbed854db3e302493b59dea")]
    [InlineData(1920, 1080, 224, 224, ResizeFilter.Bicubic, "79d86ed42312f5d70653c8a78f8ba822")]
    [InlineData(97, 61, 98, 61, ResizeFilter.Bilinear, "bb70b1e9907df188286312633f7e278d")]
    [InlineData(97, 61, 98, 61, ResizeFilter.Bicubic, "0ad8e4e21f7470bf768d1039b00b1404")]
    [InlineData(97, 61, 97, 60, ResizeFilter.Bilinear, "20336ae41684f2039e9d92a5819cb6a5")]
    [InlineData(97, 61, 97, 60, ResizeFilter.Bicubic, "bfe283775bde0ed1407f49598855f0c4")]
    [InlineData(97, 61, 97, 300, ResizeFilter.Bilinear, "36c6c028e7a7e6eb95a28a769693fe7c")]
    [InlineData(97, 61, 97, 300, ResizeFilter.Bicubic, "216bf6df0a136d0c1539dd51dce6aedc")]
    [InlineData(33, 17, 16, 8, ResizeFilter.Bilinear, "c6ab5544d3c4358314bd90d40a53daa1")]
    [InlineData(33, 17, 16, 8, ResizeFilter.Bicubic, "f6c81324f6f172906a7787fe3cb0ef1f")]
    [InlineData(1, 1, 7, 5, ResizeFilter.Bilinear, "45ad79d035a4e3984e62f867b5c4adea")]
    [InlineData(1, 1, 7, 5, ResizeFilter.Bicubic, "45ad79d035a4e3984e62f867b5c4adea")]
    [InlineData(5, 7, 1, 1, ResizeFilter.Bilinear, "3f5106416d7a439b777c7f255807122d")]
    [InlineData(5, 7, 1, 1, ResizeFilter.Bicubic, "9029ccaeec704b78ce1cef2e2b3be939")]
    [InlineData(2, 3, 31, 17, ResizeFilter.Bilinear, "c783fe98871b8309d1d9861242e45b10")]
    [InlineData(2, 3, 31, 17, ResizeFilter.Bicubic, "a86b14c19b214c5b7bb4fc59bb6c47bf")]
    [InlineData(3000, 5, 7, 300, ResizeFilter.Bilinear, "2cb8af3f7de11216918078266cab9983")]
    [InlineData(3000, 5, 7, 300, ResizeFilter.Bicubic, "897b772cd85fbc1555c8caadc4803d46")]
    [InlineData(5, 3000, 300, 7, ResizeFilter.Bilinear, "a60cfd7a4e42bef18033395a34ed7725")]
    [InlineData(5, 3000, 300, 7, ResizeFilter.Bicubic, "9dda57bc8a9443edeca7e4787f20e444")]
    [InlineData(128, 256, 127, 255, ResizeFilter.Bilinear, "b763933aa8e4af422942cb7ba79d5631")]
    [InlineData(128, 256, 127, 255, ResizeFilter.Bicubic, "61bdcec016349d02078f5cf5825b4227")]
    [InlineData(100, 100, 50, 200, ResizeFilter.Bilinear, "b4ad92bd75911e66210e1e91a590b298")]
    [InlineData(100, 100, 50, 200, ResizeFilter.Bicubic, "1571559d561546ceb28ed57e9e338b88")]
    [InlineData(7, 300, 300, 7, ResizeFilter.Bilinear, "ca1f19f3cb48325a9903aef3b654c3db")]
    [InlineData(7, 300, 300, 7, ResizeFilter.Bicubic, "2c41e69688dedfbc7e06bfae579074d6")]
    [InlineData(2500, 31, 2, 640, ResizeFilter.Bilinear, "ac426b101166968faadb8d6026a432c2")]
    [InlineData(2500, 31, 2, 640, ResizeFilter.Bicubic, "a502c36606a50bbad6a63fe857bdc859")]
    [InlineData(255, 255, 256, 256, ResizeFilter.Bilinear, "4a4afbe3f68fab1d7b814c4a7aad3981")]
    [InlineData(255, 255, 256, 256, ResizeFilter.Bicubic, "c81b5707c58b0ee81f32ac96076a83b3")]
    public void Resize_FormulaPicture_EqualsPillow(
        int width, int height, int newWidth, int newHeight, ResizeFilter filter, string sha256)
    {
        PixelImage image = new(width, height, FormulaPixels.Rgb(width, height));

        PixelImage resized = Resizer.Resize(image, newHeight, newWidth, filter);

        Assert.Equal((newWidth, newHeight), (resized.Width, resized.Height));
        string hash = Convert.ToHexStringLower(SHA256.HashData(resized.Pixels.Span));
        Assert.StartsWith(sha256, hash, StringComparison.Ordinal);
    }
}
