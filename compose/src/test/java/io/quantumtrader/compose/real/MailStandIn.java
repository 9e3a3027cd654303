package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server of this machine that keeps what it is given. */
final class MailStandIn implements AutoCloseable {

  private static final int HEX = 16;

  private final ServerSocket socket;
  private final List<String> mails = new CopyOnWriteArrayList<>();

  MailStandIn() throws IOException {
    socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("mail-stand-in").start(this::listen);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Returns the mails, each with its envelope, its headers and its text decoded. */
  List<String> mails() {
    return mails;
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException closed) {
        // The end, or a client that has gone: the next one.
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    OutputStream out = client.getOutputStream();
    StringBuilder mail = new StringBuilder();
    say(out, "220 stand-in");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      switch (word) {
        case "DATA" -> {
          say(out, "354 go on");
          StringBuilder data = new StringBuilder();
          for (String each = in.readLine(); !each.equals("."); each = in.readLine()) {
            data.append(each).append('\n');
          }
          mails.add(mail + decoded(data.toString()));
          mail.setLength(0);
          say(out, "250 taken");
        }
        case "QUIT" -> {
          say(out, "221 bye");
          return;
        }
        default -> {
          mail.append(line).append('\n');
          say(out, "250 stand-in");
        }
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  /** Undoes the quoted-printable encoding. */
  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] all = text.replace("=\n", "").getBytes(UTF_8);
    for (int at = 0; at < all.length; at++) {
      boolean coded =
          all[at] == '='
              && at + 2 < all.length
              && Character.digit(all[at + 1], HEX) >= 0
              && Character.digit(all[at + 2], HEX) >= 0;
      if (coded) {
        bytes.write(Character.digit(all[at + 1], HEX) * HEX + Character.digit(all[at + 2], HEX));
        at += 2;
      } else {
        bytes.write(all[at]);
      }
    }
    return bytes.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
