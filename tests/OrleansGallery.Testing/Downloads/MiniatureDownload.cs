using System.Globalization;
using System.Text;

namespace OrleansGallery.Testing;

/// <summary>
/// Downloads of the published data sets in small: their folders, names and lists, with drawn pictures. Boxes have the
/// identity's colour, what is around them is blue.
/// </summary>
public static class MiniatureDownload
{
    /// <summary>Width of pictures with boxes.</summary>
    public const int Width = 40;

    /// <summary>Their height.</summary>
    public const int Height = 30;

    private static readonly string[] Categories =
    [
        "bags", "belts", "dresses", "eyewear", "footwear", "hats", "leggings", "outerwear", "pants", "skirts", "tops",
    ];

    /// <summary>Writes one of them.</summary>
    /// <param name="set">Its name as commands have it, for example market1501.</param>
    /// <param name="root">The folder.</param>
    public static void Write(string set, string root)
    {
        Action<string> write = set switch
        {
            "market1501" => Market1501,
            "dukemtmc" => DukeMtmc,
            "deepfashion" => folder => DeepFashion(folder),
            "street2shop" => Street2Shop,
            _ => throw new ArgumentOutOfRangeException(nameof(set), set, "There is no such data set."),
        };
        write(root);
    }

    /// <summary>
    /// Market-1501: 2 identities with 4 images to train on, 2 with a query each and 2 gallery images each of another
    /// camera, a distractor, a junk image and a service file.
    /// </summary>
    /// <param name="root">The folder.</param>
    public static void Market1501(string root)
    {
        Persons(root, (id, camera, number) => $"{id}_c{camera}s1_{number:D6}_01.jpg");
        Picture(Path.Combine(root, "bounding_box_test", "-1_c1s1_000001_01.jpg"), 9, 16, 8);
        File.WriteAllBytes(Path.Combine(root, "bounding_box_train", "Thumbs.db"), [1, 2, 3]);
    }

    /// <summary>DukeMTMC-reID: the same without junk.</summary>
    /// <param name="root">The folder.</param>
    public static void DukeMtmc(string root) =>
        Persons(root, (id, camera, number) => $"{id}_c{camera}_f{number:D7}.jpg");

    /// <summary>
    /// DeepFashion: 2 items to train on, one to validate and 2 to test with, each with 2 images of customers and 2 of
    /// shops.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <param name="highResolution">Whether there are images of twice the size, too.</param>
    public static void DeepFashion(string root, bool highResolution = false)
    {
        (string Item, string Status)[] items =
        [
            ("img/TOPS/Blouse/id_00000001", "train"), ("img/DRESSES/Dress/id_00000002", "train"),
            ("img/TOPS/Blouse/id_00000003", "val"), ("img/TOPS/Tee/id_00000004", "test"),
            ("img/TOPS/Tee/id_00000005", "test"),
        ];
        List<string> boxes = [];
        List<string> pairs = [];
        foreach ((int place, (string item, string status)) in items.Index())
        {
            for (int number = 1; number <= 2; number++)
            {
                string[] pair = [$"{item}/comsumer_0{number}.jpg", $"{item}/shop_0{number}.jpg"];
                pairs.Add($"{pair[0]}   {pair[1]} {Path.GetFileName(item)}  {status}");
                foreach ((int source, string image) in pair.Index())
                {
                    boxes.Add($"{image} 1 {2 - source} 10 5 30 25");
                    Picture(Path.Combine(root, "Img", image), place, Width, Height, 1);
                    if (highResolution)
                    {
                        Picture(
                            Path.Combine(root, "Img", image.Replace("img/", "img_highres/", StringComparison.Ordinal)),
                            place, Width, Height, 2);
                    }
                }
            }
        }

        WriteList(
            Path.Combine(root, "Anno", "list_bbox_consumer2shop.txt"),
            "image_name clothes_type source_type x_1 y_1 x_2 y_2", boxes);
        WriteList(
            Path.Combine(root, "Eval", "list_eval_partition.txt"),
            "image_pair_name_1 image_pair_name_2 item_id evaluation_status", pairs);
    }

    /// <summary>
    /// Street2Shop: bags 1 and 2 to train on, bag 3 and hat 1 to test with, bag 9 and hat 2 in the shops only; two shop
    /// photos each. A train pair's box has no area.
    /// </summary>
    /// <param name="root">The folder.</param>
    public static void Street2Shop(string root)
    {
        string meta = Path.Combine(root, "meta", "json");
        Directory.CreateDirectory(meta);
        foreach (string name in Categories.SelectMany(
            c => new[] { $"train_pairs_{c}", $"test_pairs_{c}", $"retrieval_{c}" }))
        {
            File.WriteAllText(Path.Combine(meta, $"{name}.json"), "[]");
        }

        WritePhotos(root, "train_pairs_bags", boxes: true, (101, 1), (102, 1), (103, 2), (104, 2));
        WritePhotos(root, "test_pairs_bags", boxes: true, (105, 3), (105, 3));
        WritePhotos(
            root, "retrieval_bags", boxes: false, (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 9), (8, 9));
        WritePhotos(root, "test_pairs_hats", boxes: true, (106, 1));
        WritePhotos(root, "retrieval_hats", boxes: false, (9, 1), (10, 1), (11, 2), (12, 2));
        string train = Path.Combine(meta, "train_pairs_bags.json");
        File.WriteAllText(train, File.ReadAllText(train).Replace(
            "]", """,{"photo":101,"product":2,"bbox":{"left":1,"top":1,"width":0,"height":9}}]""",
            StringComparison.Ordinal));
    }

    private static void Persons(string root, Func<string, int, int, string> name)
    {
        void Add(string part, string id, params int[] cameras)
        {
            foreach ((int number, int camera) in cameras.Index())
            {
                Picture(
                    Path.Combine(root, part, name(id, camera, number + 1)),
                    int.Parse(id, CultureInfo.InvariantCulture), 16, 8);
            }
        }

        Add("bounding_box_train", "0002", 1, 1, 2, 3);
        Add("bounding_box_train", "0007", 1, 2, 3, 3);
        Add("query", "0001", 1);
        Add("query", "0003", 2);
        Add("bounding_box_test", "0001", 2, 3);
        Add("bounding_box_test", "0003", 1, 4);
        Add("bounding_box_test", "0000", 5);
    }

    private static void WritePhotos(string root, string list, bool boxes, params (int Photo, int Product)[] rows)
    {
        string box = boxes ? ""","bbox":{"width":20,"top":5,"height":20,"left":10}""" : string.Empty;
        IEnumerable<string> entries = rows.Select(
            row => $$"""{"photo":{{row.Photo}},"product":{{row.Product}}{{box}}}""");
        File.WriteAllText(Path.Combine(root, "meta", "json", $"{list}.json"), $"[{string.Join(",\n", entries)}]");
        foreach ((int photo, int product) in rows)
        {
            Picture(Path.Combine(root, "images", $"{photo:D9}.jpg"), product, Width, Height, 1);
        }
    }

    private static void WriteList(string file, string columns, List<string> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, [rows.Count.ToString(CultureInfo.InvariantCulture), columns, .. rows], Encoding.UTF8);
    }

    // The box (10, 5) to (30, 25) of a picture with boxes; all of one of a person.
    private static void Picture(string file, int identity, int height, int width)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        byte[] rgb = [.. Enumerable.Range(0, height * width * 3)
            .Select(i => (byte)(ColourOf(identity)[i % 3] + (i % 5)))];
        File.WriteAllBytes(file, PngFile.Rgb(width, height, rgb));
    }

    private static void Picture(string file, int identity, int width, int height, int scale)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        byte[] colour = ColourOf(identity);
        byte[] rgb = [.. Enumerable.Range(0, width * height * scale * scale).SelectMany(pixel =>
        {
            int x = pixel % (width * scale) / scale;
            int y = pixel / (width * scale) / scale;
            return x is >= 10 and < 30 && y is >= 5 and < 25 ? colour : [0, 0, 255];
        })];
        File.WriteAllBytes(file, PngFile.Rgb(width * scale, height * scale, rgb));
    }

    /// <summary>An identity's colour: red is always 200.</summary>
    /// <param name="identity">Its number.</param>
    /// <returns>Red, green, blue.</returns>
    public static byte[] ColourOf(int identity) => [200, (byte)(identity * 53 % 200), 20];
}
