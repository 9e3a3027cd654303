/** The console as a part of a process: where it listens, who may order, what it cannot read. */
package io.quantumtrader.app.console;
