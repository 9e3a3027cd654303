/** Each part of the pipeline as a process of its own. */
package io.quantumtrader.app.service;
