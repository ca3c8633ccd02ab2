using System.Net;
using System.Net.Sockets;

namespace OrleansGallery.Server;

/// <summary>Whether a port can be listened on, found out by doing so for a moment.</summary>
internal static class PortProbe
{
    /// <summary>What the operating system says against it.</summary>
    /// <param name="endpoint">The address and the port; 0: any.</param>
    /// <returns>Its refusal; null: the port is free.</returns>
    public static SocketException? Refusal(IPEndPoint endpoint)
    {
        try
        {
            using TcpListener listener = new(endpoint);
            listener.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception;
        }
    }
}
