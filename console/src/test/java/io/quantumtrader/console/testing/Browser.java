package io.quantumtrader.console.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Headless Chromium from the distribution with its own driver. Nothing is downloaded: both are
 * named, so that no manager of drivers looks for another. Where there is none, the test is skipped
 * with a word.
 */
public final class Browser implements AutoCloseable {

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> DRIVERS = List.of("chromedriver");

  /** A machine that does much else at once may take long; a wait ends as soon as it can. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Opens one.
   *
   * @param profile an empty directory for what it keeps
   */
  public static Browser open(Path profile) {
    Path browser = on("PATH of this machine has no Chromium", BROWSERS);
    Path chromedriver = on("PATH of this machine has no chromedriver", DRIVERS);
    System.setProperty("SE_AVOID_STATS", "true");
    System.setProperty("SE_OFFLINE", "true");
    System.setProperty("webdriver.chrome.driver", chromedriver.toString());
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Path on(String without, List<String> names) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(directory -> names.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> abort(without));
  }

  /** Returns the driver. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Shows a page at a width, in a theme: light or dark. */
  public Browser show(String url, int width, String theme) {
    size(width, 900);
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        java.util.Map.of(
            "features", List.of(java.util.Map.of("name", "prefers-color-scheme", "value", theme))));
    driver.get(url);
    return this;
  }

  /** A window is never narrower than 500; what a phone shows is told to the page alone. */
  private void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(Math.max(width, 600), height + 200));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        java.util.Map.of(
            "width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Waits until a script's expression is true. */
  public void await(String expression) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .withMessage(() -> expression + "; the page says: " + text())
        .until(any -> Boolean.TRUE.equals(driver.executeScript("return !!(" + expression + ")")));
  }

  /** Waits until a text is on the page. */
  public void awaitText(String text) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .withMessage(() -> "'" + text + "'; the page says: " + text())
        .until(any -> text().contains(text));
  }

  /** Returns everything that can be read. */
  public String text() {
    return String.valueOf(driver.executeScript("return document.body.innerText"));
  }

  /** Returns what a script's expression comes to. */
  public Object eval(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** Returns the first element of a CSS selector. */
  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Returns the button that has this text. */
  public WebElement button(String text) {
    return driver.findElement(By.xpath("//button[normalize-space()='" + text + "']"));
  }

  /** Returns what the console of the browser was told since this was asked last. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** Keeps a picture of the whole page in target/screenshots. */
  public void shoot(String name) throws IOException {
    long width = ((Number) eval("innerWidth")).longValue();
    long height = ((Number) eval("Math.max(innerHeight, document.body.scrollHeight)")).longValue();
    size((int) width, (int) Math.min(height, 6_000));
    await("true");
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    size((int) width, 900);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
