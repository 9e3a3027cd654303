package io.quantumtrader.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Speaks inline commands to a Redis server, one a connection. */
final class RedisLine {
  private RedisLine() {}

  /** The whole answer, as Redis sent it. */
  static String ask(String redisUri, String command) {
    URI uri = URI.create(redisUri);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.replaceFirst("\\+OK\r\n$", "").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
