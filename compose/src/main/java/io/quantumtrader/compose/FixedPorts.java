package io.quantumtrader.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Ports of the loopback interface that embedded parts are to listen on. They stand in the data
 * directory too, so that the next start on it is at the same addresses.
 *
 * @param ports the port of each part that has a fixed one, 1 to 65535; or 0 for a free one, in
 *     place of what the data directory says
 */
public record FixedPorts(Map<StackPart, Integer> ports) {

  /** No part has one: each takes what is free, or what the data directory says. */
  public static final FixedPorts NONE = new FixedPorts(Map.of());

  private static final String FILE = "ports.properties";
  private static final int HIGHEST = 65_535;

  /**
   * Takes a copy.
   *
   * @throws StackException if one is no port, or if two parts have the same
   */
  public FixedPorts {
    ports = Map.copyOf(ports);
    Set<Integer> taken = new HashSet<>();
    ports.forEach(
        (part, port) -> {
          if (port < 0 || port > HIGHEST) {
            throw new StackException(
                "%s: port %d does not exist; give 1 to %d, or 0 for a free one"
                    .formatted(part.title(), port, HIGHEST));
          }
          if (port > 0 && !taken.add(port)) {
            throw new StackException("two parts cannot both listen on port " + port);
          }
        });
  }

  /** Returns the port of a part; 0 for any that is free. */
  int of(StackPart part) {
    return ports.getOrDefault(part, 0);
  }

  /**
   * Returns these ports, with those that the directory remembers for parts that are not named here.
   *
   * @throws StackException if what it remembers makes no sense, or cannot be read
   */
  FixedPorts withThoseOf(Path directory) {
    Map<StackPart, Integer> all = new EnumMap<>(StackPart.class);
    all.putAll(read(directory.resolve(FILE)));
    // A port that is given now may have been another part's: what is given goes first.
    all.values().removeIf(ports::containsValue);
    all.putAll(ports);
    all.values().removeIf(port -> port == 0);
    return new FixedPorts(all);
  }

  /**
   * Has a directory remember ports, if any were given here; it knows them otherwise.
   *
   * @throws StackException if they cannot be written
   */
  void keepIn(Path directory, FixedPorts used) {
    if (!ports.isEmpty()) {
      used.write(directory.resolve(FILE));
    }
  }

  /**
   * Fails where somebody listens on a fixed port.
   *
   * @throws StackException if the port is taken
   */
  void requireFree(StackPart part) {
    if (of(part) == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(Loopback.at(of(part)));
    } catch (IOException e) {
      throw new StackException(
          "port %d of %s cannot be used (%s); end what listens there, or choose another with --%s"
              .formatted(of(part), Loopback.HOST, e.getMessage(), option(part)),
          e);
    }
  }

  /** Returns the name of the option that sets a part's port. */
  public static String option(StackPart part) {
    return word(part) + "-port";
  }

  private static String word(StackPart part) {
    return part == StackPart.BROKER ? "kafka" : part.name().toLowerCase(Locale.ROOT);
  }

  private static Map<StackPart, Integer> read(Path file) {
    Map<StackPart, Integer> all = new EnumMap<>(StackPart.class);
    if (Files.notExists(file)) {
      return all;
    }
    Properties said = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      said.load(in);
      for (StackPart part : StackPart.values()) {
        String port = said.getProperty(option(part));
        if (port != null) {
          all.put(part, Integer.parseInt(port.strip()));
        }
      }
      return new FixedPorts(all).ports();
    } catch (IOException | IllegalArgumentException | StackException e) {
      throw new StackException(
          "%s cannot be used (%s); mend or delete it".formatted(file, e.getMessage()), e);
    }
  }

  private void write(Path file) {
    Properties said = new Properties();
    ports.forEach((part, port) -> said.setProperty(option(part), Integer.toString(port)));
    try (OutputStream out = Files.newOutputStream(file)) {
      said.store(
          out, "ports that were given, for the next start; quantum up --kafka-port and others");
    } catch (IOException e) {
      throw new StackException("the ports cannot be written into " + file + ": " + e, e);
    }
  }
}
