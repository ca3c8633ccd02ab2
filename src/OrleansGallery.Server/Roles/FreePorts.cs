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

    /// <exception cref="StartRefusedException">None was found, or the address is not this machine's.</exception>
    public static int FindOne(IPAddress address, int except = 0)
    {
        SocketException? refusal = null;
        for (int attempt = 0; attempt < 200; attempt++)
        {
            int port = Random.Shared.Next(First, Last + 1);
            try
            {
                using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(address, port));
                if (port != except)
                {
                    return port;
                }
            }
            catch (SocketException exception)
            {
                // Mostly it is somebody's; the next one.
                refusal = exception;
            }
        }

        throw new StartRefusedException(
            $"There is no free port between {First} and {Last} on {address} "
            + $"({ClusterMemberOptions.Name(nameof(ClusterMemberOptions.Address))}) for the silo: {refusal?.Message}",
            refusal);
    }
}
