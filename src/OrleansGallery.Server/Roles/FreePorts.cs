using System.Net;
using System.Net.Sockets;

namespace OrleansGallery.Server;

/// <summary>Finds ports for the silo, so that several processes run side by side on one machine.</summary>
internal static class FreePorts
{
    // Below the ranges from which operating systems take the ports of outgoing connections, so that none of those
    // takes the port between this look and the silo's start.
    private const int First = 20_000;
    private const int Last = 31_999;

    public static int FindOne()
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            int port = Random.Shared.Next(First, Last + 1);
            try
            {
                using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; the next one.
            }
        }

        throw new InvalidOperationException($"No free loopback port between {First} and {Last} for the silo.");
    }
}
