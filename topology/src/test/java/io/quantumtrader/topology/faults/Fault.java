package io.quantumtrader.topology.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fault that can be planted in the sources, and the test that has to fail then. It is kept in a
 * file {@code NAME.fault}: what is wrong, the source file, the test as {@code class#method}, and
 * texts to be found, each exactly once, with what is put in their places.
 *
 * @param name name of the file without its ending
 * @param words what is wrong then
 * @param file source file, from the root of the project
 * @param test fully qualified class, #, method
 * @param changes what is changed, in this order
 */
public record Fault(String name, String words, String file, String test, List<Change> changes) {

  /** Where the faults lie, from the root of the project. */
  public static final String DIRECTORY = "topology/src/test/faults";

  private static final String ENDING = ".fault";
  private static final String FIND = "\nfind:\n";
  private static final String PUT = "\nput:\n";

  /**
   * A change of a text.
   *
   * @param find what is there, once
   * @param put what is put in its place
   */
  public record Change(String find, String put) {}

  /**
   * Reads all faults of a project, by name.
   *
   * @throws IllegalArgumentException if a file is not as it has to be
   */
  public static List<Fault> all(Path root) throws IOException {
    List<Fault> faults = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(DIRECTORY))) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(ENDING)) {
          faults.add(read(file));
        }
      }
    }
    return faults;
  }

  private static Fault read(Path file) throws IOException {
    String fileName = String.valueOf(file.getFileName());
    String[] parts = Files.readString(file).split(FIND, -1);
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String[] sides = (parts[i] + "\n").split(PUT, -1);
      if (sides.length != 2) {
        throw new IllegalArgumentException(fileName + ": a find: without its put:");
      }
      changes.add(new Change(sides[0], sides[1].stripTrailing()));
    }
    return new Fault(
        fileName.substring(0, fileName.length() - ENDING.length()),
        field(parts[0], "fault", fileName),
        field(parts[0], "file", fileName),
        field(parts[0], "test", fileName),
        List.copyOf(changes));
  }

  private static String field(String head, String field, String fileName) {
    return head.lines()
        .filter(line -> line.startsWith(field + ": "))
        .map(line -> line.substring(field.length() + 2).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(fileName + " names no " + field));
  }

  /** Returns the class of the test. */
  public String testClass() {
    return test.substring(0, test.indexOf('#'));
  }

  /** Returns the method of the test. */
  public String testMethod() {
    return test.substring(test.indexOf('#') + 1);
  }

  /**
   * Returns the source with the fault in it.
   *
   * @throws IllegalArgumentException if what is to be found is not there, or more than once
   */
  public String plantedIn(String source) {
    String planted = source;
    for (Change change : changes) {
      int first = planted.indexOf(change.find());
      if (first < 0) {
        throw new IllegalArgumentException(
            name + ": " + file + " has it no more: " + change.find());
      }
      if (planted.indexOf(change.find(), first + 1) >= 0) {
        throw new IllegalArgumentException(
            name + ": " + file + " has it more than once: " + change.find());
      }
      planted =
          planted.substring(0, first)
              + change.put()
              + planted.substring(first + change.find().length());
    }
    return planted;
  }
}
