/** Records made by hand, a book told them, and a browser, for tests of the console. */
package io.quantumtrader.console.testing;
