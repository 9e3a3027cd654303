/** What is shown of a pipeline: on a page, over HTTP, and by commands. */
package io.quantumtrader.console;
