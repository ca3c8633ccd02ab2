using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>Galleries that a test changes.</summary>
internal static class OwnGallery
{
    /// <summary>A gallery of vectors of its own.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> OfVectorsAsync(
        GalleryClient client, params (string Identity, string Image, float[] Vector)[] images)
    {
        string gallery = $"own {Guid.NewGuid():N}";
        await client.CreateGalleryAsync(new CreateGalleryRequest { Name = gallery, Dimension = 4, Partitions = 4 });
        foreach ((string identity, string image, float[] vector) in images)
        {
            await client.EnrolAsync(gallery, identity, new EnrolImageRequest { ImageId = image, Vector = vector });
        }

        return gallery;
    }

    /// <summary>A gallery of its own with pictures of the shown products.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> OfPicturesAsync(ShownPage shown, params string[] identities)
    {
        string gallery = $"own {Guid.NewGuid():N}";
        await shown.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Model = "default", Partitions = 4 });
        for (int i = 0; i < 3 * identities.Length; i++)
        {
            await shown.Client.EnrolFileAsync(
                gallery, identities[i / 3], shown.Queries[i].File, new EnrolImageRequest { ImageId = $"picture {i}" });
        }

        return gallery;
    }

    /// <summary>The address of an identity's page.</summary>
    public static string PageOf(string gallery, string identity) =>
        $"/identity?gallery={Uri.EscapeDataString(gallery)}&id={Uri.EscapeDataString(identity)}";

    /// <summary>Opens an identity's page, and waits until its images are explained.</summary>
    public static async Task<BrowserWindow> OpenAsync(ShownPage shown, string gallery, string identity)
    {
        BrowserWindow window = await shown.OpenAsync(PageOf(gallery, identity));
        await window.Page.Locator(".tiles li").First.WaitForAsync();
        await window.Page.Locator(".shares").First.WaitForAsync();
        return window;
    }

    /// <summary>The ids of an identity's images.</summary>
    public static async Task<string> ImagesAsync(GalleryClient client, string gallery, string identity) =>
        string.Join(' ', (await client.ListImagesAsync(gallery, identity)).Images.Select(image => image.ImageId));
}
