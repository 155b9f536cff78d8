const LONGEST_SIDE = 1600;
const QUALITY = 0.85;

/**
 * A photograph as it is sent over a weak network: JPEG of at most 1,600 px, without its location. What the browser cannot
 * read as a picture (a PDF) is sent as it is; the server decides.
 */
export async function shrunk(file: File): Promise<File> {
  if (!file.type.startsWith('image/')) return file;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return file;
  const factor = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * factor));
  canvas.height = Math.max(1, Math.round(bitmap.height * factor));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
  return blob ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : file;
}
