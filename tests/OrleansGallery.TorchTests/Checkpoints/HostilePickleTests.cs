using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Checkpoints;

/// <summary>Files that would run code, never end or claim the earth are refused, quickly and in words.</summary>
public sealed class HostilePickleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[], string> Cases => new()
    {
        { "os.system", Sneak(p => p.Global("os", "system").Op("(").Text("touch /tmp/x").Op("tR")), "os.system" },
        { "posix.system", Sneak(p => p.Global("posix", "system").Op("(").Text("id").Op("tR")), "posix.system" },
        { "eval", Sneak(p => p.Global("builtins", "eval").Op("(").Text("1").Op("tR")), "builtins.eval" },
        { "exec", Sneak(p => p.Global("__builtin__", "exec").Op("(").Text("1").Op("tR")), "__builtin__.exec" },
        { "getattr", Sneak(p => p.Global("builtins", "getattr").Op("(").Text("1").Text("x").Op("tR")),
            "builtins.getattr" },
        { "subprocess", Sneak(p => p.Global("subprocess", "Popen").Op("(").Text("id").Op("tR")), "subprocess.Popen" },
        { "stack global", Sneak(p => p.Text("os").Text("popen").Raw(0x93).Op("(").Text("id").Op("tR")), "os.popen" },
        { "instance", Sneak(p => p.Op("(").Text("id").Op("ios\nsystem\n")), "os.system" },
        { "object", Sneak(p => p.Op("(").Global("os", "system").Text("id").Op("o")), "os.system" },
        { "named only", Sneak(p => p.Global("os", "system")), "os.system" },
        { "called text", Sneak(p => p.Text("os.system").Op("(tR")), "calls what is no class" },
        { "extension", Sneak(p => p.Raw(0x82, 1)), "instruction 0x82" },
        { "list in itself", Sneak(p => p.Op("]q\u0007h\u0007a")), "holds itself" },
        { "dictionary in itself", Sneak(p => p.Op("}q\u0007").Text("me").Op("h\u0007s")), "holds itself" },
        { "object in itself", Sneak(p => p.Global("a", "B").Op(")").Raw(0x81).Op("q\u0007h\u0007b")), "holds itself" },
        { "tuple through list", Sneak(p => p.Op("]q\u0007h\u0007").Raw(0x85).Op("a")), "holds itself" },
        { "deep", Sneak(p => p.Op(new string(']', 5000)).Op(new string('a', 4999))), "deep" },
        { "long text", Sneak(p => p.Raw((byte)'X', 0xff, 0xff, 0xff, 0x7f)), "are left" },
        { "endless text", Sneak(p => p.Raw(0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)), "are left" },
        { "negative text", Sneak(p => p.Raw((byte)'T', 0xff, 0xff, 0xff, 0xff)), "are left" },
        { "endless frame", Sneak(p => p.Raw(0x95, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)), "frame" },
        { "huge integer", Sneak(p => p.Raw(0x8b, 0, 1, 0, 0).Raw(new byte[256])), "integer" },
        { "unknown memo", Sneak(p => p.Op("hc")), "recalls value 99" },
        { "empty stack", Sneak(p => p.Op("000000")), "empty stack" },
        { "no mark", Sneak(p => p.Op("t")), "mark" },
        { "no persistent id", Sneak(p => p.Text("x").Op("Q")), "storage" },
        { "odd items", Sneak(p => p.Op("}(").Text("x").Op("u")), "without a value" },
        { "laughs", Laughs(), "no state dictionary" },
        { "wide tensor", Tensor(6, 0, [long.MaxValue, 2], [1, 1]), "lies not within" },
        { "expanded tensor", Tensor(6, 0, [1 << 20, 1 << 20], [0, 0]), "lies not within" },
        { "past the end", Tensor(6, 4, [3], [1]), "lies not within" },
        { "before the start", Tensor(6, -1, [2], [1]), "lies not within" },
        { "negative stride", Tensor(6, 5, [3], [-1]), "lies not within" },
        { "huge storage", Tensor(1L << 40, 0, [1L << 40], [1]), "claims" },
        { "negative storage", Tensor(-1, 0, [1], [1]), "no storage's id" },
        { "no tensors", PickleBytes.Start().Op("}").Text("a").Raw((byte)'K', 1).Op("s.").ToArray(),
            "no state dictionary" },
        { "not ended", PickleBytes.Start().Weight().ToArray(), "are left" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Open_Hostile_IsRefusedInWords(string name, byte[] pickle, string fact)
    {
        string path = _folder.File("hostile.ckpt");
        new PickleBytes().Raw(pickle).WriteZip(path, 24);
        CheckpointException e = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(path).Dispose());
        Assert.True(e.Message.Contains(fact, StringComparison.Ordinal), $"{name}: {e.Message}");
    }

    [Fact]
    public void Open_CopiesOfALargeDictionary_AreCountedAsWork()
    {
        PickleBytes pickle = PickleBytes.Start().Op("(}(");
        for (int i = 0; i < 10_000; i++)
        {
            pickle.Text($"{i}").Op("N");
        }

        pickle.Op("u").Raw((byte)'q', 7);
        for (int i = 0; i < 100_000; i++)
        {
            pickle.Global("collections", "OrderedDict").Raw((byte)'h', 7).Raw(0x85).Op("R");
        }

        string path = _folder.File("copies.ckpt");
        pickle.Op("t.").WriteZip(path);
        CheckpointException e = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(path).Dispose());
        Assert.Contains("instructions", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EveryMiniatureCutShortOrDamaged_IsReadOrRefused()
    {
        int refused = 0;
        int all = 0;
        foreach (string source in Goldens.Find(
            "miniature checkpoints", "misc", "mini_*.*", file => !file.EndsWith(".json", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(source);
            for (int length = 0; length < bytes.Length; length += 41)
            {
                (all, refused) = (all + 1, refused + Try(bytes[..length]));
            }

            Random random = new(20211206);
            for (int i = 0; i < 1500; i++)
            {
                byte[] damaged = [.. bytes];
                for (int flips = random.Next(1, 6); flips > 0; flips--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                (all, refused) = (all + 1, refused + Try(damaged));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{refused} of {all} refused");
        Assert.InRange(refused, all / 4, all - 1);
    }

    public void Dispose() => _folder.Dispose();

    // 1 where it is refused; anything but a checkpoint's exception fails the test.
    private int Try(byte[] bytes)
    {
        string path = _folder.File("damaged");
        File.WriteAllBytes(path, bytes);
        try
        {
            using CheckpointFile file = CheckpointFile.Open(path);
            foreach (CheckpointTensor tensor in file.Tensors)
            {
                _ = file.ReadSingles(tensor);
            }

            return 0;
        }
        catch (CheckpointException)
        {
            return 1;
        }
    }

    // Beside a good state dictionary, so that nothing else is wrong.
    private static byte[] Sneak(Action<PickleBytes> evil)
    {
        PickleBytes pickle = PickleBytes.Start().Op("}").Text("state_dict").Weight().Op("s").Text("more");
        evil(pickle);
        return pickle.Op("s.").ToArray();
    }

    private static byte[] Tensor(long elements, long offset, long[] shape, long[] stride) =>
        PickleBytes.Start().Op("}").Text("weight").Tensor("FloatStorage", "0", elements, offset, shape, stride)
            .Op("s.").ToArray();

    // Ten of ten of ten ...: 10^100 paths over 100 lists.
    private static byte[] Laughs()
    {
        PickleBytes pickle = PickleBytes.Start().Op("]").Raw((byte)'q', 0);
        for (byte i = 0; i < 100; i++)
        {
            pickle.Op("](");
            for (int j = 0; j < 10; j++)
            {
                pickle.Raw((byte)'h', i);
            }

            pickle.Op("e").Raw((byte)'q', (byte)(i + 1));
        }

        return pickle.Op(".").ToArray();
    }
}
