package io.quantumtrader.app.console;

import io.quantumtrader.app.alerting.AlertmanagerClient;
import io.quantumtrader.app.cli.CommandFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the console listens, and the token that orders need. */
public final class ConsoleOptions {

  /** The port that is tried where none is given. */
  public static final int USUAL_PORT = 8787;

  private static final int HIGHEST_PORT = 65_535;
  private static final int SHORTEST_TOKEN = 16;

  @Option(
      names = "--console-port",
      paramLabel = "PORT",
      description =
          "Port of the page and its interface; 0 picks a free one. Default: 8787, or a free one if"
              + " that is taken.")
  private Integer port;

  @Option(
      names = "--console-host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Address it listens on; in a container 0.0.0.0. What it tells is not encrypted."
              + " Default: 127.0.0.1.")
  private String host;

  @Option(
      names = "--console-names",
      paramLabel = "NAME",
      split = ",",
      description = "Names under which it may be asked, beside localhost and addresses in numbers.")
  private List<String> names = List.of();

  @Option(
      names = "--console-token-file",
      paramLabel = "FILE",
      description = "File with the token that orders from the page need, 16 characters or more.")
  private Path tokenFile;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      defaultValue = "${env:QUANTUM_ALERTMANAGER}",
      description =
          "Alertmanager that the summary of each day is sent to once its midnight has passed, for"
              + " example http://localhost:9093. Default: $QUANTUM_ALERTMANAGER, else none.")
  private String alertmanager;

  /** Creates them; picocli sets what is given. */
  public ConsoleOptions() {}

  /** Returns whether a file with a token was given. */
  public boolean hasToken() {
    return tokenFile != null;
  }

  /** Returns the file with the token, or null where none was given. */
  Path tokenFile() {
    return tokenFile;
  }

  /**
   * Returns where the daily summaries go, if anywhere.
   *
   * @throws CommandFailure if what was given is no address
   */
  Optional<AlertmanagerClient> alertmanager() {
    return AlertmanagerClient.at(alertmanager);
  }

  /** Returns the names under which it may be asked. */
  List<String> names() {
    return names;
  }

  /** Returns the address for people. */
  String host() {
    return host;
  }

  /**
   * Opens something at the address that was given, or at the usual one, or at a free one.
   *
   * @throws CommandFailure if it cannot listen there
   */
  <T> T open(Opening<T> opening) {
    if (port != null && (port < 0 || port > HIGHEST_PORT)) {
      throw new CommandFailure(
          2, "--console-port " + port + " does not exist; give 0 to " + HIGHEST_PORT, null);
    }
    int first = port == null ? USUAL_PORT : port;
    try {
      return opening.at(new InetSocketAddress(host, first));
    } catch (BindException taken) {
      if (port != null) {
        throw failure(first, taken);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw failure(first, e);
    }
    try {
      return opening.at(new InetSocketAddress(host, 0));
    } catch (IOException e) {
      throw failure(0, e);
    }
  }

  private CommandFailure failure(int tried, Exception cause) {
    return new CommandFailure(
        "the console cannot listen on %s:%d: %s; give another --console-port or --console-host"
            .formatted(host, tried, cause.getMessage()),
        cause);
  }

  /**
   * Returns the token that was given, or one that nobody knows, so that no order is taken.
   *
   * @throws CommandFailure if a file was given and has no usable token
   */
  public String tokenOrNone() {
    return hasToken() ? token() : ConsoleToken.random();
  }

  /**
   * Returns the token that was given.
   *
   * @throws CommandFailure if the file cannot be read or has no usable token
   */
  String token() {
    try {
      String token = Files.readString(tokenFile).strip();
      if (token.length() >= SHORTEST_TOKEN) {
        return token;
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "--console-token-file " + tokenFile + " cannot be read: " + e.getMessage(), e);
    }
    throw new CommandFailure(
        "--console-token-file %s has a token of less than %d characters"
            .formatted(tokenFile, SHORTEST_TOKEN));
  }

  /** Opens something at an address. */
  @FunctionalInterface
  interface Opening<T> {
    /**
     * Opens it.
     *
     * @throws IOException if it cannot listen there
     */
    T at(InetSocketAddress address) throws IOException;
  }
}
