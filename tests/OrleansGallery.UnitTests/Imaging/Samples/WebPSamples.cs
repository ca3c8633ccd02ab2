using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>
/// WebP files. Drawn for these tests (a gradient with a red block), written and decoded by
/// Pillow 9.4 (libjpeg-turbo 2.1, libwebp 1.2, libtiff 4.5).
/// </summary>
internal static class WebPSamples
{
    /// <summary>Lossy WebP.</summary>
    public static SampleFile WebPLossy { get; } = new(
        nameof(WebPLossy), ImageFormat.WebP, 20, 14, SampleTolerance.Rounding,
        """
        UklGRqIAAABXRUJQVlA4IJYAAAAQBQCdASoUAA4APm0qkUWkIqGYBABABsS2AE6ZQjgbyD8SeECMAAOEfUhqwigDo9GAAP75Un1I
        k7M/r4Z5PEOYcVyeZjDJ8Iv/ybezxZ9a/+X2D9tc1o8OXBw/ScTXcyX+63R/1KP/o2OaTW+D80+/Z7eUwRVl+5TXFd6IvYX33srp
        EihsTS5EgrvogNygtk0d/ylmAAA=
        """,
        """
        eNoBSAO3/AQO6AsR5RQW4CMV2TMR0jwOyEENvlIKtmwHtnsFtoEEtYoLrJIRmJsSkKkSl7gQmMYQktMNieALhecLgwYZ5w0c5hgf
        4y0e2UgcyFkYu18Ws2kRqXkMoYUPpIsUso8XrZQbm6AdlK4dl70clssbkNgYieQXg+wXgQkr4RAt4h4t5Tor0mcip4AcjooYjJMY
        hpwfgJ4liZUrpY4oqJQpm6ArlLArkb0sissrhNgofeQneewndwg61g872R073kI0wZtBn741f8Yxf8syesc4bbg6d5s6lo45oZQ5
        mqA7k7E8ir49gc08fdg6duM4cuw4cA1O0RNQ1CBS2k5Ht6w8eNctUt0pVN0qUNUwRrkyUqFNjotMmpJLlZ9Mj7FNgb9Nes1QethN
        deRMcu1McA1bxxJeyx1iz1NVq7Q6YecqOuwnOuooOuMrN8IyR6BXhohclo9bkZ5bibFcfcBcdc1fdNhcb+RbbOtcahNrxhhuxx10
        xlRioro8W+woNu0oMO0oMuklOcswUKVhioltlpJskKBsh7VrgMRrd9Jvc9tuaudtZu5tZBJ4vxd8wB2BvUhzoJZOZr87SME8QMI7
        QMI1RK4/V5pwh4l8kZR7iKJ6gbV6fMR6c9B/bdl9ZuV8YO58YBSOvRqQvSWTuzyOrmKDmHt9ioaAiIyAhI9/gI6Bf4iLh4qOhpiM
        fqaMd7WNdMKOb82Pa9aNZOKMXuuMXg6etBagtCOisjGhrj+gpk6gn1qhnmOimGqkkHalioKniJClg52ke6ykdLmlc8Smbs6jZteh
        YeSgXOugXAyyrhS0riG2rSy1pzyzn0mxl1azll60kGW2iHG3gn65gIu3e5m2c6e1bLS3a8G3Zsu0XtexV+OwUuqwUgnBqRDDqRzF
        pSrEoDnBmEXAklHDj1rDiWPEgWzFfHrGeIbFcpXDa6LDZq/FY7zGXszFV9jCUeTATevBSw/VrRfYriHYqC/Woj/VnEzWl1nYlGHY
        jmrZhnPagYHbfY3ad5rWbabVaLLXZL/XYMzTVNzUUOnUTPHWSw/drBbeqiDdpizcoTzbmkvbk1jdkmDdjGjfhXLffX/he4zfdpfb
        bKXaZLHcYr7cXM/fVt7fT+zgTvPgTDTuqhw=
        """);

    /// <summary>Lossless WebP.</summary>
    public static SampleFile WebPLossless { get; } = new(
        nameof(WebPLossless), ImageFormat.WebP, 20, 14, SampleTolerance.Exact,
        """
        UklGRlQAAABXRUJQVlA4TEgAAAAvE0ADAJkuRPQ/NsUvfPQ/oCiS1GiffClMYh4VNyQCyKRteo/Km7wJmTwyYYgF8+qsmTcmgHJo
        knHKXsDL0gBCxke0g7qu/x8=
        """,
        """
        eNpty1mPyEAcAPDXST9Ak3ntk8xDP0DLC0mRFFG31bqvou6yjh1q17FLzToWdY6j7uvvvhpMLKmbUWccjfFA0vgI3mWT3+tPQ391
        9NtAP0301UIfHPTGQ88C1Bui+zG6naCrKbqQoVM5OgroQIF6SsQq1Fmj9ga1afiPjpWBv5n4o4XfOvi5hx8H+EGI78T4WoIvpvh0
        ho/l+CDgPQXuLnFXhTtqTBvcqpFfOvlukE8mkRZ54ZAnHnkYkLshuR6TSwk5k5LjGTmUk71AdhRka0k2VmRdTVY1ZJlm/9Dtz4b9
        zrRf/urX/z+JfSK1D2f2vtzeCfa2wt5U2usre3VtL2/shZr7RXcrw31lumUf1z2Sulnm7srdFNzNhZuU7prKjWt3UeOGmv9e918b
        /lPTf9TH9fen/u7M3577W8DfUPhrS39F5S+u/XmNP1OL3ujRMyPqNaP7fdyoJ41YFnXmUTtEbUW0soyWVNH8OprVRFM0+lynjw36
        wKR3+ri0O6VdGe3IKQXaWtClJV1Q0dk1ndrQFo090dlDg9012XWLXXLYGY8dD9ihkO2N2Y6EbU3Zxoyty9kqYMsKFpVsTsWm1WxS
        w8ZqXOj8nsFvmPyyxc86/ITHDwd8X8h3xnxbwjelfH3GV+d8OfCFBZ9b8ukV92s+ruEjNSh0uGkAmHDOgtyBIx5kAewKIY1hcwJJ
        CmsyiHNYBBAWMKOEoILxNXgNuJq4pYsrhjhvipOW4I7Y74ndgdgeii2x2JCItalYkYnFuZgHYmYhJpdiQiVG1WJYIwZr8qouLxjy
        lCmPWvKAI3s8yQLZGcr2WLYlcmUql2Ryfi5ngZxSyImlHF3J4bUc0siBmrqoq9OGOmaqg5ba46huT3UFqiNUNFatiVqaqgWZmp2r
        qaBaCjWmVCMqNbRWgxo14B/vbaq+
        """);

    /// <summary>Lossless WebP, alpha 90 everywhere.</summary>
    public static SampleFile WebPAlpha { get; } = new(
        nameof(WebPAlpha), ImageFormat.WebP, 20, 14, SampleTolerance.Exact,
        """
        UklGRlgAAABXRUJQVlA4TEsAAAAvE0ADEJkuRPQ/NsUvfPQ/oCiS1GiffClMYh4VNyQCyKRteo/Km7wJmTwyYYgF8+qsmXe2JoDy
        kEmGU/YCeFk0ACHDR7QD6br+fwAA
        """,
        """
        eNpty1mPyEAcAPDXST9Ak3ntk8xDP0DLC0mRFFG31bqvou6yjh1q17FLzToWdY6j7uvvvhpMLKmbUWccjfFA0vgI3mWT3+tPQ391
        9NtAP0301UIfHPTGQ88C1Bui+zG6naCrKbqQoVM5OgroQIF6SsQq1Fmj9ga1afiPjpWBv5n4o4XfOvi5hx8H+EGI78T4WoIvpvh0
        ho/l+CDgPQXuLnFXhTtqTBvcqpFfOvlukE8mkRZ54ZAnHnkYkLshuR6TSwk5k5LjGTmUk71AdhRka0k2VmRdTVY1ZJlm/9Dtz4b9
        zrRf/urX/z+JfSK1D2f2vtzeCfa2wt5U2usre3VtL2/shZr7RXcrw31lumUf1z2Sulnm7srdFNzNhZuU7prKjWt3UeOGmv9e918b
        /lPTf9TH9fen/u7M3577W8DfUPhrS39F5S+u/XmNP1OL3ujRMyPqNaP7fdyoJ41YFnXmUTtEbUW0soyWVNH8OprVRFM0+lynjw36
        wKR3+ri0O6VdGe3IKQXaWtClJV1Q0dk1ndrQFo090dlDg9012XWLXXLYGY8dD9ihkO2N2Y6EbU3Zxoyty9kqYMsKFpVsTsWm1WxS
        w8ZqXOj8nsFvmPyyxc86/ITHDwd8X8h3xnxbwjelfH3GV+d8OfCFBZ9b8ukV92s+ruEjNSh0uGkAmHDOgtyBIx5kAewKIY1hcwJJ
        CmsyiHNYBBAWMKOEoILxNXgNuJq4pYsrhjhvipOW4I7Y74ndgdgeii2x2JCItalYkYnFuZgHYmYhJpdiQiVG1WJYIwZr8qouLxjy
        lCmPWvKAI3s8yQLZGcr2WLYlcmUql2Ryfi5ngZxSyImlHF3J4bUc0siBmrqoq9OGOmaqg5ba46huT3UFqiNUNFatiVqaqgWZmp2r
        qaBaCjWmVCMqNbRWgxo14B/vbaq+
        """);

    /// <summary>Lossless WebP with EXIF orientation 6.</summary>
    public static SampleFile WebPTurned { get; } = new(
        nameof(WebPTurned), ImageFormat.WebP, 14, 20, SampleTolerance.Exact,
        """
        UklGRogAAABXRUJQVlA4WAoAAAAIAAAAEwAADQAAVlA4TEgAAAAvE0ADAJkuRPQ/NsUvfPQ/oCiS1GiffClMYh4VNyQCyKRteo/K
        m7wJmTwyYYgF8+qsmTcmgHJoknHKXsDL0gBCxke0g7qu/x9FWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA
        """,
        """
        eNpdyseOl0AcAODrhAcgmSsnMwceAPSiCWqCGrEXsDdU7OhadhR3LbuKs5ZVsY4Fe/vZG1EnlmDXEWssxPGgCfERvJp/8h0/TV3Q
        5BVN3NSg0LjQ2BONPteiN5r/XnO/aPYPjfzS8B8N/dXVKV2e18VlHW7o/K7OHuj0sR490/3Xulvp9medfNex0tFvQx015ElDnDMA
        DH7dYHcMet+IHhn+U8N9ZdjvDPLJwN8M9NNUB0x5xBQnTDhr8ksmu2bS22Z0z/Qfmm5p2i9NIk380URfLbXbkvstwS3ILX7GYhd/
        9en7P4u8sPBbC31wVI8jex2xz4HDDj/usNMt0yFPHPzcQW881e1J5oldHmQeP+SxYy3TIw88/NhDzwLVGciuQGwLYGfA9wbsYMsM
        yJ0A3w/Qo1DRUHaEYnMIach3hGxPywzJtRDfDtG9WLXFsj0W62PYFPOtMdveMmNyMcZXY3QrUUsSuSIRaxJIEr4xYVsS2pNEvYm/
        L3EPJ/bxhJxO8IUEXUnV/FQuTsXyFFanfF3KNqS0O41Y6u9K3Sy1D6XkWIpPpeh8pmZlcl4mFmUQZ3xVxtZmtDOLujJ/W+buzOy9
        GTmY4aMZOpmrKbmcmYu5OSzM+bKcrcwpzaOO3N+cu2lu78jJnhwfyNERUBNATgYxAyAEvgDYUqBtELWDvx7cTWBvBbId8G5A+ws1
        qpDjCzGpgOkFn1OwqKBLimhF4a8p3KSwNxZkS4F7CtRbqmGlHFmKcSUEJZ9WstklnV9Gi0t/eemuLu11JdlQ4u4SsUoNruTQSoyo
        YGzF/YpNreisKppX+YsqN67sVRVZW+HOCnXVakAtB9ViSA1ezcfUbGJNp9TRzNqfW7sLa3tZTVbWmNaoo1H9Gtm/EQMbcBs+vGGj
        GzqhiSY3/ozGDRt7QUOWNritQe3/AIbwqr4=
        """);

    /// <summary>Lossless WebP of two frames.</summary>
    public static SampleFile WebPAnimated { get; } = new(
        nameof(WebPAnimated), ImageFormat.WebP, 20, 14, SampleTolerance.Exact,
        """
        UklGRjQDAABXRUJQVlA4WAoAAAACAAAAEwAADQAAQU5JTQYAAAAAAAAAAABBTk1GgAEAAAAAAAAAABMAAA0AAGQAAAJWUDhMZwEA
        AC8TQAMA16ckkiSHHm0NJ+W9vO43kwNX2LZtG2JGd420jSTs2PlXcQqefkrm/w4PcS8AAAAAAADkj7OKaq4A+uWnitKv7RozAJAE
        ACCk2LZt27Zt27Zt27Zt27btmuzO+4iI/gcYChEDn7iCppG1S1BCXk3XxNrJEzgqMSO/hKKWsY1rcGJ+bffk+ukzBBoJk4CkkraJ
        rVtIUkFdz9TG2QskOikzAAAAALiHJhfW905vnr9CYZCxgHqEpRQ19M1sXbxBY5KzgnqGpxY39s9uX77DYFGwgXpFpJU0DcztXH3A
        YlOyg3pHppc2D87vXn/C4VBxCEop65ja+URllLUMLezdfMHjUnMKSavomtn7RmeWtw4v7t9+I+DRcAnLqOqZO/jFZFW0jSwd3P0g
        4tNyi8iq6Vs4+sdmV7aPLh/e/yIR0PGIyqkbWDoFxOVUdYytHD38IRPS84rJaxhaOQfG51Z3jq8eP/4DAEFOTUaAAQAAAAAAAAAA
        EwAADQAAZAAAAFZQOExnAQAALxNAAwDXpySSJIcebQ0n5b287jeTA1fYtm0bYkZ3jbSNJOzY+VdxCp5+Sub/Dg9xLwAAAAAAAOSP
        s4pqrgD65aeK0q/tGjMAkAQAIKTYtm3btm3btm3btm3btu2a7M77iIj+x//j8ep4Z3VufKCzlaGGvBgvPSHy38PRylhHVU5cgJOl
        gbqcKA8dAdLv/eHyaHtldqy/o4W+mqwINy0+4s/dwdJIW0VWjJ+DuZ6qjDAXDR7C9+3+4nBreWa0r72Zroq0ECc1LvzXzd7CUEtZ
        RpSPnamOspQgBxUO3Of17vxgc2l6pDcAAAAAsFNiw35c7cwNNJWkRXiBslFgwbxfbs/2NxanhnuCspJjQr9dbM30NRSlhHmAspBh
        QL2eb0731hcmh7qDMpOiQ76cbUz11BUkhbjZmmgrSQowkaBBPJ+uT3bX5icGu9oYaylK8DMSo4I/naxNdNXkJQS5WBtpKojzMRCh
        gAEA
        """,
        """
        eNpty1mPyEAcAPDXST9Ak3ntk8xDP0DLC0mRFFG31bqvou6yjh1q17FLzToWdY6j7uvvvhpMLKmbUWccjfFA0vgI3mWT3+tPQ391
        9NtAP0301UIfHPTGQ88C1Bui+zG6naCrKbqQoVM5OgroQIF6SsQq1Fmj9ga1afiPjpWBv5n4o4XfOvi5hx8H+EGI78T4WoIvpvh0
        ho/l+CDgPQXuLnFXhTtqTBvcqpFfOvlukE8mkRZ54ZAnHnkYkLshuR6TSwk5k5LjGTmUk71AdhRka0k2VmRdTVY1ZJlm/9Dtz4b9
        zrRf/urX/z+JfSK1D2f2vtzeCfa2wt5U2usre3VtL2/shZr7RXcrw31lumUf1z2Sulnm7srdFNzNhZuU7prKjWt3UeOGmv9e918b
        /lPTf9TH9fen/u7M3577W8DfUPhrS39F5S+u/XmNP1OL3ujRMyPqNaP7fdyoJ41YFnXmUTtEbUW0soyWVNH8OprVRFM0+lynjw36
        wKR3+ri0O6VdGe3IKQXaWtClJV1Q0dk1ndrQFo090dlDg9012XWLXXLYGY8dD9ihkO2N2Y6EbU3Zxoyty9kqYMsKFpVsTsWm1WxS
        w8ZqXOj8nsFvmPyyxc86/ITHDwd8X8h3xnxbwjelfH3GV+d8OfCFBZ9b8ukV92s+ruEjNSh0uGkAmHDOgtyBIx5kAewKIY1hcwJJ
        CmsyiHNYBBAWMKOEoILxNXgNuJq4pYsrhjhvipOW4I7Y74ndgdgeii2x2JCItalYkYnFuZgHYmYhJpdiQiVG1WJYIwZr8qouLxjy
        lCmPWvKAI3s8yQLZGcr2WLYlcmUql2Ryfi5ngZxSyImlHF3J4bUc0siBmrqoq9OGOmaqg5ba46huT3UFqiNUNFatiVqaqgWZmp2r
        qaBaCjWmVCMqNbRWgxo14B/vbaq+
        """);
}
