import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.quantumtrader.topology.faults.Fault;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Plants one fault at a time in a copy of its source file, compiles the copy, and runs the test that
 * has to fail with it; the sources themselves are not touched. First every test is run with an
 * unchanged copy in its place: one that fails then says nothing.
 *
 * <p>A planted class replaces the compiled one for a class loader of its own. Classes that are
 * generated from schemas are shared, since Avro keeps them by their names.
 *
 * <p>Only the changed file is compiled: a constant that other files inline is not a fault that can
 * be planted so.
 *
 * <p>Arguments: root of the project, then names of faults or the beginnings of names; none for all.
 * Exit code 0 if every fault made its test fail, 1 if one survived, 2 for anything else.
 */
public final class FaultRun {

  private static final long LIMIT_S = 300;
  private static final String SOURCES = "src/main/java/";
  private static final String OURS = "io.quantumtrader.";
  private static final String GENERATED = "io.quantumtrader.schemas.avro.";

  private final Path root;
  private final Path scratch;

  private FaultRun(Path root, Path scratch) {
    this.root = root;
    this.scratch = scratch;
  }

  /** Runs the faults. */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    List<String> wanted = Arrays.asList(args).subList(1, args.length);
    List<Fault> faults =
        Fault.all(root).stream()
            .filter(
                fault -> wanted.isEmpty() || wanted.stream().anyMatch(fault.name()::startsWith))
            .toList();
    if (faults.isEmpty()) {
      System.err.println("no fault has such a name");
      System.exit(2);
    }
    Path scratch = Files.createTempDirectory("faults");
    int code = 2;
    try {
      code = new FaultRun(root, scratch).run(faults);
    } finally {
      delete(scratch);
    }
    System.exit(code);
  }

  private int run(List<Fault> faults) throws Exception {
    Set<List<String>> seen = new HashSet<>();
    for (Fault fault : faults) {
      if (seen.add(List.of(fault.test(), fault.file()))) {
        String source = Files.readString(root.resolve(fault.file()));
        Optional<String> failed = failed(fault.test(), compiled(fault, source));
        if (failed.isPresent()) {
          System.err.println("fails without a fault: " + failed.get());
          return 2;
        }
      }
    }
    System.err.println(seen.size() + " pairs of test and source pass without a fault");
    System.out.println("| fault | what is wrong then | test that failed |");
    System.out.println("|---|---|---|");
    int survived = 0;
    for (Fault fault : faults) {
      String source = fault.plantedIn(Files.readString(root.resolve(fault.file())));
      Optional<String> failed = failed(fault.test(), compiled(fault, source));
      String shown = failed.orElse("**none: it survived**");
      survived += failed.isEmpty() ? 1 : 0;
      System.out.println("| " + fault.name() + " | " + fault.words() + " | " + shown + " |");
    }
    System.err.println(faults.size() + " faults, " + survived + " survived");
    return survived == 0 ? 0 : 1;
  }

  /** Returns the directory of the classes that a copy of the fault's file with this text came to. */
  private Path compiled(Fault fault, String text) throws IOException {
    String inPackage = fault.file().substring(fault.file().indexOf(SOURCES) + SOURCES.length());
    Path copy = Files.createTempDirectory(scratch, fault.name());
    Path source = copy.resolve("src").resolve(inPackage);
    Path classes = copy.resolve("classes");
    Files.createDirectories(source.getParent());
    Files.createDirectories(classes);
    Files.writeString(source, text);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "21",
            "-proc:none",
            "-nowarn",
            "-parameters",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    boolean fine =
        compiler
            .getTask(
                new PrintWriter(messages),
                null,
                null,
                options,
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    if (!fine) {
      throw new IllegalStateException(fault.name() + " does not compile: " + messages);
    }
    return classes;
  }

  /** Returns the test, by name, if it failed with these classes in place of the compiled ones. */
  private static Optional<String> failed(String test, Path planted) throws Exception {
    FutureTask<Optional<String>> task = new FutureTask<>(() -> failedIn(test, planted));
    Thread thread = new Thread(task, test);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      throw new IllegalStateException(test + " does not end within " + LIMIT_S + " s", hangs);
    }
  }

  private static Optional<String> failedIn(String test, Path planted) throws Exception {
    try (Loader loader = Loader.of(planted)) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> type = loader.loadClass(test.substring(0, test.indexOf('#')));
      Method method =
          Arrays.stream(type.getDeclaredMethods())
              .filter(each -> each.getName().equals(test.substring(test.indexOf('#') + 1)))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no test " + test));
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(type, method)).build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      Launcher launcher = LauncherFactory.create();
      launcher.execute(request, listener);
      TestExecutionSummary summary = listener.getSummary();
      if (summary.getTestsFoundCount() == 0) {
        throw new IllegalStateException(test + " runs nothing");
      }
      String name = type.getSimpleName() + "." + method.getName();
      return summary.getFailures().stream()
          .findFirst()
          .map(failure -> name + otherThanAnAssertion(failure.getException()));
    }
  }

  private static String otherThanAnAssertion(Throwable failure) {
    return failure instanceof AssertionError ? "" : " (" + failure + ")";
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  /** Looks for our classes in the planted ones first, and never in those of its parent. */
  private static final class Loader extends URLClassLoader {

    private Loader(URL[] urls) {
      super(urls, ClassLoader.getSystemClassLoader());
    }

    static Loader of(Path planted) throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      urls.add(planted.toUri().toURL());
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (Files.isDirectory(Path.of(entry))) {
          urls.add(Path.of(entry).toUri().toURL());
        }
      }
      return new Loader(urls.toArray(URL[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OURS) || name.startsWith(GENERATED)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}
