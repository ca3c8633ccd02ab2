using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>
/// JPEG files. Drawn for these tests (a gradient with a red block), written and decoded by
/// Pillow 9.4 (libjpeg-turbo 2.1, libwebp 1.2, libtiff 4.5).
/// </summary>
internal static class JpegSamples
{
    /// <summary>
    /// JPEG with halved chroma: as Pillow enlarges it, and as libjpeg does without smoothing (djpeg -nosmooth).
    /// </summary>
    public static SampleFile Jpeg420 { get; } = new(
        nameof(Jpeg420), ImageFormat.Jpeg, 20, 14, SampleTolerance.Rounding,
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU
        FRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
        FBQUFBQUFBT/wAARCAAOABQDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
        BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
        V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi
        4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC
        AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm
        Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq
        8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD570X4ZWltGWuo3U8bduBn16j6V3Xh74YxXUaSwxExt0JHocV9CaJ8PLX5eV/Ku+0T4eWv
        y8r+Ve/xTxzi4YytiZV5OElZQtpHbVfc/vPP4L8SMLVyvDYOnhuWtB3lV5m3JXk7cvLpZNLd/D56fOlp8Kf3K/uf0or7AtPh3a+Q
        v3fyor+fqviLU9pLVn9Q0OOZ+yjq9j//2Q==
        """,
        """
        eNoBSAO3/AwO0hUN1CIG1zUJ3DgC1EcK0kwMxFYOumINsXISsXUNqIAOpJMSo58MmrAKkr8MjscLhtELgt0Mg+MMgQ4b3Bgc3yUX
        3joW2k0Ry1wTwmIWtmsZrHQVo4AZqH8YqIUYqZccqKUZnrUWlMQYkMoYiNQZhOEZhOcagwco5RAs5Rsq2zQixGQfrXgYk30ahocd
        gZUhhJgkj4wmpowmrZgrqKYrn7UokMMpicoqhNQqgOErgOcrfwg56xM/6B9C2kM6u5M7n7Qxf7Yzdb84crwsZ7MseJw1oJE2q5c6
        oqM/mbM6icE7gso7fdQ7e+A8eeU9egtF5BJK3RxOyUlCobE6etksV9ctStsvR+AuRswxW6pBk5ZHo5RMlqFTja1Qfb1QechOd9RN
        dd9NdOVPdBJc4Rlf2SFfwlVPmcA2Z+wlQuImN+EmMespMdIuRq1NipVYnZNbjKFkhq5geL5hdMlectRdcOFecOZfbglpzxNsyiJq
        vF9ancMzaPEkS+UqR+MuQeYmMcwxQ6hdhJFsl5Zrh6dygrRsd8Nudcxtcddtb+Ntbehuaw+AzBeCyCV/vVZxpppFb744WbM7VrQ+
        Trs9QatGTJxzhY6Bk5N+g6eEgLR6eMR7dMx9btZ+auR+aOl/aQyPwxORwx6RvTWOrluElnKAi3mBjIKDh4qGe4uJfIiOioiTjY2W
        gZuVe7SPfcSMdcyNataPY+OPY+iQYgyhvxKivB+juCukrzako0OknVKjnVyimGWkj2+kiH+jiYmkg4+mep2ldraeeMOdcMyfZNah
        XeKiW+ejXAqzuBOytSaxrjOwqDuxo0Oyn1CznlqymWixlHSwioKygI+zdpuybqmwbLutbMWtZcuxWtK0VN+1U+O1UwjEsxLErijA
        pzXAozvBoETCnU/EmFvClWrAk3fAiYPDeY/Dbp/CaKzBZLfAY8DAXMnDU9HFT97FTuPGTgnXsRPYrSXVpjPUoD3UnUfWmFPWkmDV
        jm3SjHrShITVdo/WbJ3VZqfWYqzaXrfaWMfXUtXVT+LWTufXTgrisRTjryfgpjXfoD/gnUrgmFbhjmLhinLdjX3dhIbid5LjbZ/g
        aKbjYqnpX7PoWMniU9rfUeXgUOzhUQQ9qn4=
        """,
        """
        eNoBSAO3/AwO0g4Q1CkC1zEK3zwA0UUJ2k0NvFAQv2cLrG8TtHcNpXoQqJkPoJgOn7cHjbwMksoKg80NhuEKf+MMgRUX2xkb3zUO4zoT
        6EoO308T5FgYx1sbynAUtXYau4AWroIYsKEXqKIYqcAQlsUVm9MTjNYWj+oTiOwVigAs5wUx7BcvzRcvzYMYgIIXf4oaZo4eaqMfa6cj
        b4UorYYprpYunZkxoLgpgbwthcksecwvfN8uduEweAs38hE9+CY+3ChA3qA1naA1nag4hK09ibIuerEteZI1upE0uZ42paM7qsEyisU2
        jtI1gtU4heg3f+o5gQhI3QxM4RxSsh5UtOwnQ+wnQ+cqMeksM+8rL+0pLZVJpJRIo41ThZRajKxUbLBYcMhQbMtTb95QauFTbRdX7Bpa
        7yddvShevuwnQ+smQuQnLuMmLe0pLesnK5xQq51RrJRajJ1jlbVddbpietFZddRceOhadOpcdgRuxAhyyCZrritws/kcT/seUdsuStwv
        S+kmLukmLoJuk4Zyl5Zud593gLprbr9wc8xvaM9ya+NuZOVwZhN90xaA1jN4uzd8v/gbTvkcT9grR9ksSOsoMO0qMot3nJF9oqB4gamB
        isJzdsd4e9V4cdh7dO14bu96cAiTvAuWvxmWtByZtzWXljiamVOSl1aVmmKagWScg36UiIGXi4SddYegeLqNeLyPesqRWs2UXeKRWeST
        WxKdxhSfyCOgviajwT6gn0Gjol2coV+eo2ujim2ljIedkYqglI2mfpCpgcOWgcWYg9SbZNeeZ+ybY+6dZQS4rwa6sS+voDKyozmznDy2
        n022l0+4mWuxj22zkYO1bIa4b6KxYKW0Y7+uYMGwYsW3Ssi6Tdy4SN66Sg3BuA/Duji4qTu7rEK8pUW/qFa/oFjBonS6mHe9m4y+dY/B
        eKy7aq++bci3acq5a87AU9HDVuXBUefDUwPbqgberSfXmSranDzXkz/allPZglbchXDTg3PWhoHaZoTdaZ3XXqDaYZ/jUqLmVcvWSc7Z
        TOLXR+TZSQrisQ3ltC7eoDHho0PemkbhnVrgiV3jjHjbi3rdjYnibozlcaTeZafhaKfrWqntXNLdUNXgU+neTuzhUcD5qnk=
        """);

    /// <summary>JPEG with full chroma.</summary>
    public static SampleFile Jpeg444 { get; } = new(
        nameof(Jpeg444), ImageFormat.Jpeg, 20, 14, SampleTolerance.Rounding,
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU
        FRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
        FBQUFBQUFBT/wAARCAAOABQDAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
        BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
        V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi
        4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC
        AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm
        Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq
        8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD570X4ZWltGWuo3U8bduBn16j6V/QHHvH2PyqdGOCUZc/NfmTe3La1pLu77n1PhNlmG4rp
        4qWIqSXseS3K0vi573un/KrbHdeHvhjFdRpLDETG3QkehxX5u+Lq2MwUK+IaU3e9tt2urfTzP1WtioZLmtXAU5Nxhy776xT6Jd+x
        29p8Kf3K/uf0r87xPEv7x+8fp+Dz/wDcrU9N0T4eWvy8r+VfQZvntXU/x4yHOKmh32ifDy1+Xlfyr8UzfPaup/RWQ5xU0O1tPh3a
        +Qv3fyr8lxOe1fas/dcHnFT2KP/Z
        """,
        """
        eNoBSAO3/AUK+RgH6yAD5zsG3S4H1EgLy08KyWEHvmIJx3kLwn0JrIsHqqYHrKMMj7MEq70NjMgIj9QJieMJg+wJfw0a5RId6yUX
        3DQZ2DUa10Ed1VMbx1YdznAVsoQWq34XrokWp6IWqqIcla4Vq7cdmcoYitYYhuUYf+4XfAYp5xIs5Sgm0SEn3VIkwkcmz1givmEk
        vWwstIErqnIuw4QrqaMomqwsibgnjMEqi8oqhNYqfuQree4qdAo82RVB2B5E1ylDzt4oPuIoNuIpOecvO98lMtgkP5I6oIY+opM9
        oKBAmbQ7gsg3hMo6f9U7eeM8cuw7bwdG6RlH2CZIzSVL0uooQuArSuAqQ+oqN+MuP98sQo5MpotOnJhKlaZPlq9Og71LkcpMfNVM
        duJMce1MbRpbzxVi2CZdwixdvOcrPOUqO+glLdYqOOwoNOkmNoldnIpflZhYjKxdjLVddsVbf8ldd9NeceJebOteZwdp1gtu1Clo
        tzlpseEqSOYrSPQlNe4pOtcpTNwoRX9vlItxjJtphKtviadwg690ishwb9Nwa+FvZOpvXxGAyBSDyBqCyy+AwucoN+8nNOQmQtwq
        SuwmM+0pNYJ/iouDkJt5irJ9g7V6csR9Z8t+bNV/aOR/Ye1/XAmRxRORwSCRuS2RsziSrUWRqFKRoFySnGqRlnORkYGSio6ShJiR
        fqWReLOScbySbMeRZdORX+KRWeuRUw2fxhWgvyOhujCgtDufrkifqFagoV+gnGyglHWgj4OgipCgg5uffqifeLagcb+fbMyfZteg
        YOWhWu6gVQuxvRSxuCKysy+yrDuwp0ewoVWxml2ylWuxjXSxiIKxg4+yfJmxd6awcbSxar2xZcqxX9WxWeSyU+2yTgnDthLDsSDE
        qy3EpTjCnkXCmFPDkVvEjGnDhnPEgYDEe43DdZjEb6XDabLEYbvDXMfDV9PEUeLESuvERQzVsxTXryHXpy7WojvWnEfWllTWjl7X
        imrVg3TXfYHWeI7WcpvWbKfWZrTWXr7WWsrVU9XWTuPXR+zWQgzhsRbirSLipi/ioDzimknhlFbijGDiiGzignbifIPjd5DjcZvi
        aqfiZLfiXb7jWMvhUtXiTOXiRe/jQbUkqrQ=
        """);

    /// <summary>Progressive JPEG.</summary>
    public static SampleFile JpegProgressive { get; } = new(
        nameof(JpegProgressive), ImageFormat.Jpeg, 20, 14, SampleTolerance.Rounding,
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU
        FRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
        FBQUFBQUFBT/wgARCAAOABQDAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABQYH/8QAFwEBAQEBAAAAAAAAAAAAAAAABgUH
        CP/aAAwDAQACEAMQAAABz3QKjptW2dT09Djx8TorRJ1//8QAGxAAAgMAAwAAAAAAAAAAAAAAAgUAAQMEESH/2gAIAQEAAQUCxWCN
        cdZRUKrzFeMxXjBXD1//xAAiEQABBAECBwAAAAAAAAAAAAAEAAECAxEFIgYSITFhsdH/2gAIAQMBAT8B4TGr1WNr2SfZjt5z8U7W
        CKlRF+jY9Kk/YgDJIAySpMlyL//EACARAAAFAwUAAAAAAAAAAAAAAAABAgMEBRExEhUiYYH/2gAIAQIBAT8Br1ffimgmbHe+fOxu
        63mSW5kOVLlkS5yhLnKDk5Wof//EABoQAAICAwAAAAAAAAAAAAAAAAABESAhIjH/2gAIAQEABj8C2RKWDlP/xAAZEAACAwEAAAAA
        AAAAAAAAAAAAIQERMVH/2gAIAQEAAT8huk0cohTQXK+C+FXh/9oADAMBAAIAAwAAABAihf8A/8QAGhEAAgMBAQAAAAAAAAAAAAAA
        AAERIVExQf/aAAgBAwEBPxBeBxklrMp4jgy4/V20fiW4UrKBQIA//8QAGxEAAgMBAQEAAAAAAAAAAAAAAREAITFBUWH/2gAIAQIB
        AT8QFzpITlEg9L2EjgDbWaR0nn2Xovy/H8//xAAeEAACAAYDAAAAAAAAAAAAAAAAAREhMUFRkXHR4f/aAAgBAQABPxBuYpUFHNVw
        Omug2sOB5AvmhfNDqQ//2Q==
        """,
        """
        eNoBSAO3/AUK+RgH6yAD5zsG3S4H1EgLy08KyWEHvmIJx3kLwn0JrIsHqqYHrKMMj7MEq70NjMgIj9QJieMJg+wJfw0a5RId6yUX
        3DQZ2DUa10Ed1VMbx1YdznAVsoQWq34XrokWp6IWqqIcla4Vq7cdmcoYitYYhuUYf+4XfAYp5xIs5Sgm0SEn3VIkwkcmz1givmEk
        vWwstIErqnIuw4QrqaMomqwsibgnjMEqi8oqhNYqfuQree4qdAo82RVB2B5E1ylDzt4oPuIoNuIpOecvO98lMtgkP5I6oIY+opM9
        oKBAmbQ7gsg3hMo6f9U7eeM8cuw7bwdG6RlH2CZIzSVL0uooQuArSuAqQ+oqN+MuP98sQo5MpotOnJhKlaZPlq9Og71LkcpMfNVM
        duJMce1MbRpbzxVi2CZdwixdvOcrPOUqO+glLdYqOOwoNOkmNoldnIpflZhYjKxdjLVddsVbf8ldd9NeceJebOteZwdp1gtu1Clo
        tzlpseEqSOYrSPQlNe4pOtcpTNwoRX9vlItxjJtphKtviadwg690ishwb9Nwa+FvZOpvXxGAyBSDyBqCyy+AwucoN+8nNOQmQtwq
        SuwmM+0pNYJ/iouDkJt5irJ9g7V6csR9Z8t+bNV/aOR/Ye1/XAmRxRORwSCRuS2RsziSrUWRqFKRoFySnGqRlnORkYGSio6ShJiR
        fqWReLOScbySbMeRZdORX+KRWeuRUw2fxhWgvyOhujCgtDufrkifqFagoV+gnGyglHWgj4OgipCgg5uffqifeLagcb+fbMyfZteg
        YOWhWu6gVQuxvRSxuCKysy+yrDuwp0ewoVWxml2ylWuxjXSxiIKxg4+yfJmxd6awcbSxar2xZcqxX9WxWeSyU+2yTgnDthLDsSDE
        qy3EpTjCnkXCmFPDkVvEjGnDhnPEgYDEe43DdZjEb6XDabLEYbvDXMfDV9PEUeLESuvERQzVsxTXryHXpy7WojvWnEfWllTWjl7X
        imrVg3TXfYHWeI7WcpvWbKfWZrTWXr7WWsrVU9XWTuPXR+zWQgzhsRbirSLipi/ioDzimknhlFbijGDiiGzignbifIPjd5DjcZvi
        aqfiZLfiXb7jWMvhUtXiTOXiRe/jQbUkqrQ=
        """);

    /// <summary>JPEG with one component.</summary>
    public static SampleFile JpegGrey { get; } = new(
        nameof(JpegGrey), ImageFormat.Jpeg, 20, 14, SampleTolerance.Rounding,
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU
        FRUVDA8XGBYUGBIUFRT/wAALCAAOABQBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
        BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
        V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi
        4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APnvRfhlaW0Za6jdTxt24GfXqPpXdeHvhjFdRpLDETG3QkehxXb2nwp/cr+5/SvT
        dE+Hlr8vK/lXfaJ8PLX5eV/Ku1tPh3a+Qv3fyr//2Q==
        """,
        """
        eNpdj2tLInEYxb+M7AvBIBW0BQtX00wkNQWV0sy2UNFcKQ21VOximtdKoiuVt+xeKmFkmBAi+SLwA+1h/jAse148DDPnN+ccBoPx
        g9LAwACTyeRwOFwul8fjDQ0NCYXC4eFhXJlMNjY2JpfLlUqlSqXSaDQ6nc5gMLBYrMHBQTabDT+fzxcIBCMjI78owS+VSgHCr1ar
        gej1eiDT09Nms9lisSAFET8picVikUiEC2piYmKSEhDiNxqNs7Ozc3NzCwsLdrvd4XAgZXR0FD9HJTMlGPAVTvhnZmZMJhN5QyMu
        l2tpacnj8UgkkvHxcYVCgaDflFAGd35+HhE2m81qteL+obS8vOz1en0+3+rqaigU0mq1OkrYAgR+koUHxMHvdrtxfZSCwSCQSCSy
        tbW1vb0NampqCg0RBz/iSCjpv7KyEggE/H7/+vo6kGg0GovFEolEOp3OZrNYgUoYsri4SHDEWSjhJ+FwGBEbGxvJZDIejwPZ3d3N
        5XKHh4fHx8dOpxOVsP3fIYjY3NxEys7OTiqVymQye3t7BwcHBDk7O7u8vCwUCmgFZG1tDREEQSsa2d/fJ8jJycn5+TmQYrF4dXV1
        e3t7f39PEBSjEbSikdPTUxqpVCo3NzdAnp6e6vX6y8sLQcgQgqAVQfL5fKlUAoKUh4eH5+fnWq0G5PX19f39vdVqEf/R0dF/fjqC
        9jebTfjb7fbn52e32/36+iLbLy4usL1cLl9fX9/d3T0+PlarVRRrNBpvb29I+fj4ANLpdED1er3v7+9+v/8XIi+VbQ==
        """);

    /// <summary>JPEG with four inverted components, as Adobe writes them.</summary>
    public static SampleFile JpegCmyk { get; } = new(
        nameof(JpegCmyk), ImageFormat.Jpeg, 20, 14, SampleTolerance.Rounding,
        """
        /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUV
        FQwPFxgWFBgSFBUU/8AAFAgADgAUBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIB
        AwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZH
        SElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV
        1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwDzX/gnV+z94d+OGneKp9dvdTtH0b7H9nGnSxoG83z92/fG
        2ceUuMY6nr2+MfHnwitvA32H7RaKftXmbdw/u7f/AIqvXv2vf2jvEHwquPD0ehW+nXQ1L7T5/wBvjkfb5flbdu11x/rGznPQdK/V
        OvrGx8HWXw/+I2oaBp0s81nZtEI3umVpDuiRzkqAOrHtWv4V+AcfijQLXU4rQeXPuxtXj5XK/wBK860L4rX3jXwFp2taksEN7dCU
        yJbBljG2V1GAxJ6KO9FfU3hP/kCQ1rf8Myf9On/jtefat4u/01/n/Wivwn+CX/Lv+Ffqz/wobTfWP8q+hvG/iSX951or9APgl/y7
        /hR/wobTfWP8q+f/ABv4kl/edaK+2PCf/IEho/4UNpvrH+VeJ6t4kl+2v1or/9k=
        """,
        """
        eNoNzf1vE2UcAPCfWF/GD2LizZYYYxXu1mM1JobZ6zaYWDGOghQihNGbIBnSsbaD7DBb6W1Hy4Tq7XFuYztx7NloM/EFeBjRgVzd
        gzFw0wTFx5epEfyyrRmX6J+gn3/g43D9U+W0fS5Y5/ijwTW/ueLH1xy3WhzftK8oJStv9FUQ3fH5SOVU0TVJVoyWXGcsJ2LOPDiz
        tlOtrCpz3N9rHr8X8PwU9Pzykmdux2qrxXvz0OobyhOXT3gvoaqi4Z0oeM4RbmjWiyxPnnly4MnYni6Xf/lRAXz+X5+ruRtc8/3L
        wu2d/tlm4XqbMNPDn++s+RJVT4z5Rz8Wh4kw8NW6fks8ycReELtssXNV3V9c8Oenpd9r6u8s8BuWxBfKYuMDIbQoNNxbG87XjenS
        +GBofKL+DAm+NxvKWqFeFkpDqNMOpSq2zq9qmn+q6fazke8WealcvXGpev0SLz2sri3z0onIOIqMnN0yMLXtNGl651oka0W6WUSB
        SNKOxFfGfvPuvSvG5njZ+netdF9oeCDUl/n6+/5GEBqOy1iPDRt7+oty33RztiSnrdgxFuuAWNyOta5Mzj2SvPNk6tvnk9f+FDb+
        fz3kaxeEF5eF4LJQm0sMvZ/Sjbb8ZCpH2rVS8piVOMIS7ZBotRP7KjM/PKbSZ9SvxXSp7K9d4OsW+cYFIbjIh0Cs60kP6dq7RiZ3
        XstcyXSb6hFLPczUg6C+Yat73egWh6gPXQ+gqxK6FEYXomhSRmNxNKKgAQ3ldZQzUE8BdRF01EQJCx1kaD+gZhvtcuObHDZ9+IsA
        vizhT8O4GMXnZGzE8QcK1jXcp+NeA6cLWCE4aeK4hd9kWAa8y8ZRNzE5MuMjJEA+kUgxTMajZFQmg3GiK+SURjSddBtEKZAUIYdM
        csAiMiO7gWy3ScRNZzg67aOfBWhRojhMP4zSQZn2x+kphWY1elynikE7CrSN0AMmbbHobkZ3AN1i01fcbJpjF31sKsCwxM6G2XCU
        9cvsdJxlFaZq7G2ddRjscIG1EtZisj0W28nYVmCbbbbJDRc5uOCDyQB8JMFIGAaikJfhZBxUBbo0OKpDuwFvFWA/gWYTXrdgG4NX
        ATbZsOE/2/eqjA==
        """);
}
