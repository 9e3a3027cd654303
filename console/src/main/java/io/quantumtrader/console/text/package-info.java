/** What is shown of a pipeline as lines of text, for terminals and logs. */
package io.quantumtrader.console.text;
