package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A clone of the project that has been built, for commands to be typed in: the launcher itself, the
 * pages and schemas of the project, and the class path of these tests in place of the build's. What
 * it tells other commands of a pipeline that runs is seen in this house only.
 */
public final class House implements AutoCloseable {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> SHARED =
      List.of("docs", "examples", "schemas", "compose/target/registry");
  private static final long COMMAND_WITHIN_S = 600;

  private final Path root;
  private final Path logs;
  private final Path temporary;
  private final List<Process> started = new ArrayList<>();
  private final List<String> interruptible;

  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param out what it said on standard output
   * @param err what it said on standard error
   */
  public record Run(int code, String out, String err) {}

  private House(Path directory) throws IOException, InterruptedException {
    root = directory.resolve("house");
    logs = Files.createDirectories(directory.resolve("logs"));
    temporary = Files.createDirectories(directory.resolve("tmp"));
    List<String> defaultSignals = List.of("env", "--default-signal=INT");
    interruptible = works(defaultSignals) ? defaultSignals : List.of();
  }

  /** Builds one in an empty directory. */
  public static House in(Path directory) throws IOException, InterruptedException {
    House house = new House(directory);
    Path lib = Files.createDirectories(house.root.resolve("compose/target/quantum/lib"));
    Files.copy(PROJECT.resolve("quantum"), house.root.resolve("quantum"));
    for (String shared : SHARED) {
      Files.createSymbolicLink(house.root.resolve(shared), PROJECT.resolve(shared));
    }
    writeClassPath(lib.resolve("class-path.jar"));
    // The launcher builds what is older than its sources; this one is newer than all of them.
    Files.createFile(house.root.resolve("compose/target/quantum/built"));
    return house;
  }

  /** A jar that only names others: the launcher takes every jar in the directory. */
  private static void writeClassPath(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .map(entry -> Path.of(entry).toUri())
                .map(URI::toString)
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  /** Returns a file in it; commands are typed at its root. */
  public Path file(String name) {
    return root.resolve(name);
  }

  /** Types a line and waits until the command has ended. */
  public Run run(String line) throws IOException, InterruptedException {
    Started command = start(line);
    assertThat(command.process.waitFor(COMMAND_WITHIN_S, TimeUnit.SECONDS))
        .as(() -> line + " does not end: " + command.err())
        .isTrue();
    return command.ended();
  }

  /** Types a line and lets the command run. */
  public Started start(String line) throws IOException {
    List<String> command = new ArrayList<>(interruptible);
    // In place of the shell, so that a signal to this process is one to the command.
    command.addAll(List.of("/bin/sh", "-c", "exec " + line));
    Path log = logs.resolve(Integer.toString(started.size()));
    Path out = log.resolveSibling(log.getFileName() + ".out");
    Path err = log.resolveSibling(log.getFileName() + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("QUANTUM_JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .put(
            "QUANTUM_JAVA_OPTS",
            "-XX:TieredStopAtLevel=1 -Xmx768m -Djava.io.tmpdir=" + temporary.toAbsolutePath());
    Process process = builder.start();
    started.add(process);
    return new Started(process, out, err);
  }

  /** Returns the words of a line, as the shell takes them. */
  List<String> words(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", "set -- " + line + "\nprintf '%s\\n' \"$@\"").start();
    started.add(shell);
    List<String> words = shell.inputReader().lines().toList();
    assertThat(shell.waitFor()).as(line).isZero();
    return words;
  }

  /** Whoever was started in the background ignores Ctrl-C, and so do all that it starts. */
  private static boolean works(List<String> prefix) throws InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends what still runs, and takes the links to the project away. */
  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (String shared : SHARED) {
      Files.deleteIfExists(root.resolve(shared));
    }
  }

  /** A command that may run still. */
  public static final class Started {

    private final Process process;
    private final Path out;
    private final Path err;

    private Started(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    /** Returns whether it runs. */
    public boolean isAlive() {
      return process.isAlive();
    }

    /** Returns what it said on standard error until now. */
    public String err() {
      return text(err);
    }

    /** Returns what it said on standard output until now. */
    public String out() {
      return text(out);
    }

    /** Returns how it and what it started were called, as everybody on the machine can read. */
    public String commandLines() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .map(each -> each.info().commandLine().orElse(""))
          .collect(Collectors.joining("\n"));
    }

    /** Presses Ctrl-C. */
    public void press() throws IOException, InterruptedException {
      int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(sent).isZero();
    }

    /** Presses Ctrl-C and waits until it has ended. */
    public Run interrupt() throws IOException, InterruptedException {
      press();
      assertThat(process.waitFor(COMMAND_WITHIN_S, TimeUnit.SECONDS)).as(this::err).isTrue();
      return ended();
    }

    private Run ended() {
      return new Run(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        return e.toString();
      }
    }
  }
}
